/** The content of Lambda's REPORT line for one finished invocation, and the environment it ran in. */
export interface InvocationRecord {
  readonly functionName: string;
  /** UUID. */
  readonly requestId: string;
  /** Identifies log streams and per-environment metrics: 32 hexadecimal digits. */
  readonly environmentId: string;
  readonly initializationType: 'on-demand' | 'provisioned-concurrency';
  /** Epoch ms. */
  readonly endedAtMs: number;
  /** Time in the handler, without INIT. Two digits are printed. */
  readonly durationMs: number;
  /** Since August 2025 it includes INIT, except for provisioned environments. Whole ms. */
  readonly billedMs: number;
  /** INIT before this invocation, or null if the environment already existed. */
  readonly initMs: number | null;
  readonly memorySizeMb: number;
  /** Whole MB. */
  readonly maxMemoryUsedMb: number;
  /** `error`: the handler threw. `timeout`: it was stopped at the function's timeout. */
  readonly status: 'success' | 'error' | 'timeout';
}

/** Called for every invocation when it has ended; refused calls have no record. Must not throw. */
export type InvocationListener = (record: InvocationRecord) => void;
