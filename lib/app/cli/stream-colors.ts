import type { Env } from '../../core/config/env.ts';
import type { OutputStream } from './output-stream.ts';

/**
 * Whether colors go into a stream: as NO_COLOR (https://no-color.org) and FORCE_COLOR ask, else where
 * it is a terminal that knows them. What stdout is says nothing of stderr.
 */
export function streamColors(stream: Pick<OutputStream, 'isTTY'>, env: Env): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = env;
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && TERM !== 'dumb';
}
