import type { InvocationReport } from './parse-report-line.ts';

export type Architecture = 'x86' | 'arm';

/** Where a platform is controlled: enough to reach it again from another process. It holds no secret. */
export type ControlAddress =
  | {
      readonly platform: 'local';
      readonly baseUrl: string;
      /** Id of the running order API, so that another one on the same port is not taken for it. */
      readonly instance: string;
    }
  | { readonly platform: 'aws'; readonly region: string | null; readonly endpoint: string | null };

/** The settings of a function that a sweep may change and must put back. */
export interface FunctionState {
  readonly memoryMb: number;
  readonly architecture: Architecture;
  readonly timeoutMs: number;
  /** Null for none. */
  readonly reservedConcurrency: number | null;
  /** The alias that callers use; null if they call the function itself. */
  readonly alias: AliasState | null;
}

export interface AliasState {
  readonly name: string;
  readonly version: string;
  readonly provisionedConcurrency: number;
}

/** What is not named stays as it is. */
export interface FunctionChange {
  readonly memoryMb?: number;
  readonly architecture?: Architecture;
  readonly reservedConcurrency?: number | null;
  /** Only with an alias. */
  readonly provisionedConcurrency?: number;
}

/** The settings of an event-source mapping. */
export interface MappingState {
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Most batches at once; null for no limit. */
  readonly maximumConcurrency: number | null;
  /** Provisioned pollers; null for none. They exclude `maximumConcurrency`. */
  readonly pollers: { readonly minimum: number; readonly maximum: number } | null;
}

export type MappingChange = Partial<MappingState>;

/** Lambda's report on an invocation, and when it was written. */
export interface TimedReport extends InvocationReport {
  /** Epoch ms. */
  readonly atMs: number;
}

/** The result of a synchronous call of a function, past any gateway. */
export interface DirectInvocation {
  /** `failed`: the function threw, timed out or ran out of memory. `throttled`: Lambda refused the call. */
  readonly kind: 'answered' | 'failed' | 'throttled';
  readonly payload: string;
  /** Null if the platform gave none. */
  readonly report: InvocationReport | null;
  /** One line; null if it was answered. */
  readonly problem: string | null;
}

export interface ReportSpan {
  /** Epoch ms. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Reads and changes the settings of functions and mappings on one platform. A function is named `NAME` or, if callers
 * use an alias, `NAME:ALIAS`. It touches nothing that it was not asked to touch. Every call that changes something
 * resolves once new invocations have the new settings, and is safe to repeat.
 *
 * Every method rejects with a UserError of one line for what a user can fix: E_PLATFORM_NOT_FOUND (exit 2) if there is no
 * such function, alias or mapping; E_PLATFORM_REFUSED (exit 2) for a setting that the platform refuses; and with exit 4
 * for a platform that cannot be reached, or lets nobody in.
 */
export interface PlatformControl {
  readonly address: ControlAddress;
  readFunction(functionName: string): Promise<FunctionState>;
  changeFunction(functionName: string, change: FunctionChange): Promise<void>;
  /** Puts a function back into an earlier state, and removes the versions that `changeFunction` published. */
  restoreFunction(functionName: string, before: FunctionState): Promise<void>;
  readMapping(mappingId: string): Promise<MappingState>;
  changeMapping(mappingId: string, change: MappingChange): Promise<void>;
  /** `payload` is the JSON text of the event. */
  invoke(functionName: string, payload: string): Promise<DirectInvocation>;
  /** The reports that the platform has of a span of time so far, sorted by time. */
  readReports(functionName: string, span: ReportSpan): Promise<readonly TimedReport[]>;
  /** Sends a message to the queue that the mapping reads. */
  sendMessage(mappingId: string, body: string): Promise<void>;
  close(): Promise<void>;
}
