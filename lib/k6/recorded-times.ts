import { sha256 } from 'k6/crypto';
import type { ReadRecording } from '../core/config/plan-from-k6-env.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { parseRecording } from '../core/load/recorded-arrivals.ts';
import { recordedLoad } from '../core/load/recorded-load.ts';
import { requireEnv } from './env.ts';

let readHere: readonly number[] | null = null;

/** Reads a file of `--arrivals` under plain k6, which looks for it beside the bundle. Only in the init context. */
export const readRecording: ReadRecording = ({ path, speed }, seed) => {
  const load = recordedLoad(parseRecording(open(path), path), {
    file: path.replace(/^.*[\\/]/, ''),
    speed,
    seed,
    sha256: (text) => sha256(text, 'hex'),
  });
  readHere = load.recordedMs;
  return load;
};

/**
 * When the orders of a replay are due, in ms after the start of the load; none for any other load. The wrapper passes
 * them as a file, because they are too large for an environment variable. Only in the init context.
 */
export function recordedTimes({ arrivals }: Pick<LoadPlan, 'arrivals'>): readonly number[] {
  if (arrivals.kind !== 'recorded') return [];
  return readHere ?? (JSON.parse(open(requireEnv('LOAD_RECORDED', 'a replay'))) as number[]);
}
