import type { FunctionState, MappingState } from '../../lambda/platform-control.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';

/** The settings of the measured function before the sweep; null if they are not known. */
export function functionBefore({ subject }: TuneResult): FunctionState | null {
  return subject.before.functions[subject.function] ?? null;
}

/** The settings of the mapping before the sweep; null if they are not known. */
export function mappingBefore({ subject }: TuneResult): MappingState | null {
  return subject.before.mappings[subject.mapping ?? ''] ?? null;
}
