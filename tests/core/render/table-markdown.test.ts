import { expect, it } from 'vitest';
import { tableMarkdown } from '../../../lib/core/render/table-markdown.ts';

it('has its major columns, its marks and no more rows than asked for', () => {
  const table = {
    caption: 'Steps',
    columns: [{ head: 'Step' }, { head: 'Rate', isNumber: true }, { head: 'x', isMinor: true }],
    rows: [
      ['a|b', { text: '9/s', tone: 'bad' }, '1'],
      ['c', '8/s', '2'],
    ],
  } as const;
  expect(tableMarkdown(table, 1)).toEqual([
    '**Steps**',
    '',
    '| Step | Rate |',
    '| --- | ---: |',
    expect.stringMatching(/^\| a.*b \| ✕ 9\/s \|$/),
    '',
    '1 more row in report.json.',
    '',
  ]);
  expect(tableMarkdown({ ...table, rows: [] }, 9)).toEqual([]);
});
