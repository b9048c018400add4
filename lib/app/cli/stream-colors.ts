import type { Env } from '../../core/config/env.ts';
import type { OutputStream } from './output-stream.ts';

/**
 * Whether to color a stream: as NO_COLOR (https://no-color.org) and FORCE_COLOR say, otherwise if it is a terminal
 * that supports color. stdout and stderr are decided separately.
 */
export function streamColors(stream: Pick<OutputStream, 'isTTY'>, env: Env): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = env;
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && TERM !== 'dumb';
}
