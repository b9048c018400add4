import { expect, it } from 'vitest';
import { streamColors } from '../../../lib/app/cli/stream-colors.ts';

it.each([
  ['a terminal', true, {}, true],
  ['a file', false, {}, false],
  ['a terminal without colors', true, { TERM: 'dumb' }, false],
  ['a terminal and NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['a terminal and an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a file and FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ['a terminal and FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
  ['a file, both asked for', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
] as const)('%s', (_, isTTY, env, colors) => {
  expect(streamColors({ isTTY }, env)).toBe(colors);
});
