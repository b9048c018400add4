export interface Kill {
  /** Whether the handler has done its work by then, so whether a retry finds a stored order. */
  readonly when: 'beforeHandler' | 'afterHandler';
  /** For `beforeHandler`: after this share of a mean call, 0 to 1. */
  readonly share: number;
}

/** Faults that are injected while a function runs. */
export interface RuntimeFaults {
  /** Factor of modelled durations. */
  durationFactor(): number;
  /** Memory in MB that an environment has leaked this long after its first invocation began. */
  leakedMb(ageMs: number): number;
  /** Whether and when the environment of an invocation is killed; `killed` is called if that happens. */
  kill(): Kill | null;
  killed(): void;
  /** Clock that stops while a fault delays the invocation; the machine's clock by default. */
  readonly nowMs?: () => number;
}

/** Lambda's error for a runtime that has exited. */
export class KilledError extends Error {
  constructor() {
    super('Runtime exited with error: signal: killed');
  }
}
