/** All that Lambda's REPORT line says of one finished invocation, and which environment it ran in. */
export interface InvocationRecord {
  readonly functionName: string;
  /** UUID. */
  readonly requestId: string;
  /** Log streams and per-environment metrics go by it: 32 hexadecimal digits. */
  readonly environmentId: string;
  readonly initializationType: 'on-demand' | 'provisioned-concurrency';
  /** Epoch ms. */
  readonly endedAtMs: number;
  /** Time in the handler, without INIT; two digits are printed. */
  readonly durationMs: number;
  /** INIT is billed as well since August 2025, but for provisioned environments. Whole. */
  readonly billedMs: number;
  /** INIT before this invocation, or null where the environment was there already. */
  readonly initMs: number | null;
  readonly memorySizeMb: number;
  /** Whole. */
  readonly maxMemoryUsedMb: number;
  /** `error`: the handler threw. `timeout`: it was ended at the function's timeout. */
  readonly status: 'success' | 'error' | 'timeout';
}

/** Called for every invocation when it is over; refused calls leave no record. Must not throw. */
export type InvocationListener = (record: InvocationRecord) => void;
