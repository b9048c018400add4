import type * as z from 'zod';
import { batchProblem, type MappingSettings } from '../config/queue-config.ts';
import type { ChangeableMapping } from '../queue/queue-path.ts';
import { ControlRefusal } from './control-refusal.ts';
import type { mappingChange } from './parse-change.ts';

type Change = z.infer<typeof mappingChange>;
/** The settings of the mapping, as they are sent. */
export type MappingAnswer = Required<Change>;

export function readMapping(mapping: ChangeableMapping): MappingAnswer {
  const { batchSize, batchWindowSeconds, maximumConcurrency, pollers = null } = mapping.settings();
  return { batchSize, windowSeconds: batchWindowSeconds, maximumConcurrency, pollers };
}

/**
 * Changes the mapping; resolves once no invocation with the former settings is left.
 *
 * @throws ControlRefusal if AWS would refuse the change.
 */
export async function changeMapping(
  mapping: ChangeableMapping,
  change: Change,
): Promise<MappingAnswer> {
  const before = readMapping(mapping);
  const { windowSeconds: batchWindowSeconds, ...others } = { ...before, ...change };
  const after: MappingSettings = { ...others, batchWindowSeconds };
  const problem = batchProblem(after) ?? pollersProblem(after);
  if (problem !== null) throw new ControlRefusal(400, problem);
  if (JSON.stringify({ ...before, ...change }) !== JSON.stringify(before)) {
    await mapping.change(after);
  }
  return readMapping(mapping);
}

function pollersProblem({ pollers = null, maximumConcurrency }: MappingSettings): string | null {
  if (pollers === null) return null;
  if (maximumConcurrency !== null) {
    return 'provisioned pollers exclude a maximum concurrency: set one of them to null';
  }
  if (pollers.minimum <= pollers.maximum) return null;
  return `the minimum of ${pollers.minimum} pollers is above the maximum of ${pollers.maximum}`;
}
