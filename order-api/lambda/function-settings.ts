import type { Architecture } from '../config/options/function-options.ts';
import type { DurationModel } from './duration-model.ts';

/** Settings of a deployed function, and how long its calls take. */
export interface FunctionSettings {
  readonly duration: DurationModel;
  /** The first call of an environment, if it takes longer than the others. */
  readonly firstCall?: { readonly workMs: number; readonly ioMs: number };
  /** No timeout by default. */
  readonly timeoutMs?: number;
  /** x86 by default. */
  readonly architecture?: Architecture;
  readonly provisionedConcurrency?: number;
}
