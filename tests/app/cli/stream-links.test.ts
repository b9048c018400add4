import { expect, it } from 'vitest';
import { streamLinks } from '../../../lib/app/cli/stream-links.ts';
import type { Env } from '../../../lib/core/config/env.ts';

const TTY = { isTTY: true };
const ITERM = { TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' };

it.each<[string, { readonly isTTY?: boolean }, Env, boolean]>([
  ['a terminal that shows links', TTY, ITERM, true],
  ['a new VTE', TTY, { VTE_VERSION: '6003' }, true],
  ['an old VTE', TTY, { VTE_VERSION: '5001' }, false],
  ['kitty', TTY, { TERM: 'xterm-kitty' }, true],
  ['Windows Terminal', TTY, { WT_SESSION: 'a' }, true],
  ['a terminal that is not known', TTY, { TERM: 'xterm-256color' }, false],
  ['a file', {}, ITERM, false],
  ['a dumb terminal', TTY, { ...ITERM, TERM: 'dumb' }, false],
  ['NO_COLOR', TTY, { ...ITERM, NO_COLOR: '1' }, false],
  ['a log of CI', TTY, { ...ITERM, CI: 'true' }, false],
  ['tmux', TTY, { ...ITERM, TMUX: '/tmp/tmux' }, false],
  ['FORCE_HYPERLINK, whatever it is', {}, { FORCE_HYPERLINK: '1' }, true],
  ['FORCE_HYPERLINK of 0', TTY, { ...ITERM, FORCE_HYPERLINK: '0' }, false],
])('decides on links for %s', (_, stream, env, expected) => {
  expect(streamLinks(stream, env)).toBe(expected);
});
