export interface Kill {
  /** Whether the handler has done its work by then: a retry finds a stored order, or none. */
  readonly when: 'beforeHandler' | 'afterHandler';
  /** Before the handler: after this share of a mean call, 0 to 1. */
  readonly share: number;
}

/** Faults that are injected while a function runs. */
export interface RuntimeFaults {
  /** What modelled durations are multiplied by. */
  durationFactor(): number;
  /** Memory that an environment has lost this long after its first invocation began, in MB. */
  leakedMb(ageMs: number): number;
  /** Whether and when the environment of an invocation is killed; `killed` is called when it was. */
  kill(): Kill | null;
  killed(): void;
  /** Clock that stands still while the invocation is delayed by a fault; the machine's unless given. */
  readonly nowMs?: () => number;
}

/** Lambda's report of a runtime that has exited. */
export class KilledError extends Error {
  constructor() {
    super('Runtime exited with error: signal: killed');
  }
}
