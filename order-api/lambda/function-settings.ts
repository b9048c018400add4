import type { Architecture } from '../config/options/function-options.ts';
import type { DurationModel } from './duration-model.ts';

/** What a function is deployed with, and how long its calls take. */
export interface FunctionSettings {
  readonly duration: DurationModel;
  /** The first call of an environment, where it takes longer than the others. */
  readonly firstCall?: { readonly workMs: number; readonly ioMs: number };
  /** No timeout unless given. */
  readonly timeoutMs?: number;
  /** x86 unless given. */
  readonly architecture?: Architecture;
  readonly provisionedConcurrency?: number;
}
