import type { Env } from '../../core/config/env.ts';
import type { OutputStream } from './output-stream.ts';
import { streamColors } from './stream-colors.ts';

/** Terminals that name themselves and show links. */
const PROGRAMS = ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'zed', 'Hyper', 'rio'];
const TERMS = ['alacritty', 'xterm-kitty', 'xterm-ghostty', 'foot'];
/** Release of VTE since which links work without crashing: 0.52. */
const VTE_WITH_LINKS = 5200;

/**
 * Whether a stream is a terminal that shows links: as FORCE_HYPERLINK says, otherwise by what is known of the terminal.
 * A stream without color, in CI or inside tmux or screen gets none.
 * Source: https://github.com/chalk/supports-hyperlinks
 */
export function streamLinks(stream: Pick<OutputStream, 'isTTY'>, env: Env): boolean {
  const { FORCE_HYPERLINK = '', CI = '', TERM = '', TERM_PROGRAM = '' } = env;
  if (FORCE_HYPERLINK !== '') return FORCE_HYPERLINK !== '0';
  if (!streamColors(stream, env) || stream.isTTY !== true || CI !== '') return false;
  if (env['TMUX'] !== undefined || env['STY'] !== undefined) return false;
  return (
    PROGRAMS.includes(TERM_PROGRAM) ||
    TERMS.includes(TERM) ||
    env['WT_SESSION'] !== undefined ||
    env['KONSOLE_VERSION'] !== undefined ||
    Number(env['VTE_VERSION'] ?? 0) >= VTE_WITH_LINKS
  );
}
