import { expect, it } from 'vitest';
import { tableLines } from '../../../lib/core/render/table-lines.ts';
import type { TextTable } from '../../../lib/core/text/statement.ts';

const TABLE: TextTable = {
  caption: 'Steps',
  columns: [
    { head: 'Step' },
    { head: 'Rate', isNumber: true },
    { head: 'Orders', isNumber: true, isMinor: true },
    { head: 'Result' },
  ],
  rows: [
    ['step 1', '9.5/s', '1,000', { text: 'held', tone: 'good' }],
    ['step 2', '100/s', '20', { text: 'missed: throttled, too few orders', tone: 'open' }],
  ],
};
const plain = (width: number) => tableLines(TABLE, { colors: false, width });

it('aligns words left and numbers right', () => {
  expect(plain(100)).toEqual([
    'Steps',
    'Step     Rate  Orders  Result',
    'step 1  9.5/s   1,000  ✓ held',
    'step 2  100/s      20  ? missed: throttled, too few orders',
  ]);
});

it('leaves out minor columns where it is too wide, then wraps the widest words', () => {
  expect(plain(50)[2]).toBe('step 1  9.5/s  ✓ held');
  expect(plain(40)).toEqual([
    'Steps',
    'Step     Rate  Result',
    'step 1  9.5/s  ✓ held',
    'step 2  100/s  ? missed: throttled, too',
    '               few orders',
  ]);
});

it('colors a cell by its tone, and lets no text move the cursor', () => {
  const rows = [['\u001b[2J', '', '', { text: 'held', tone: 'good' as const }]];
  const text = tableLines({ ...TABLE, rows }, { colors: true, width: 100 }).join('\n');
  expect(text).toContain('\\u{1b}[2J');
  expect(text).toContain('\u001b[32m✓ held\u001b[39m');
});
