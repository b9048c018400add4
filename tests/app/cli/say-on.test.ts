import { expect, it } from 'vitest';
import { sayOn } from '../../../lib/app/cli/say-on.ts';

const LINE =
  'cost      $0 locally; about $0.0039 on AWS (prices of 2026-11-23; a handler of 50 ms on average)';

function written(stream: { readonly isTTY?: boolean; readonly columns?: number }): string {
  const texts: string[] = [];
  sayOn({ ...stream, write: (text) => texts.push(text) })(LINE);
  return texts.join('');
}

it('breaks lines at words in a terminal, over the line that shows progress', () => {
  expect(written({ isTTY: true, columns: 80 })).toBe(
    '\r\u001b[2Kcost      $0 locally; about $0.0039 on AWS (prices of 2026-11-23; a\n          handler of 50 ms on average)\n',
  );
});

it('leaves them whole elsewhere', () => {
  expect(written({})).toBe(`${LINE}\n`);
});
