import type { TokenFacts } from '../auth/token-facts.ts';
import type { Architecture } from '../lambda/platform-control.ts';
import type { PlatformBlind, PlatformReading } from '../lambda/platform-reading.ts';
import type { FailureExample } from '../telemetry/failure-example.ts';
import type { ExactStats } from './schema/latency-schema.ts';
import type { QueueFacts } from './schema/queue-schema.ts';
import type { Platform, Report, RunStatus } from './schema/report-schema.ts';

/** How one k6 process ended. */
export interface K6Exit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** An exception that k6 logged from the scenario's own code, and how often. */
export interface ScenarioException {
  readonly message: string;
  readonly count: number;
}

/** Everything in a report that comes neither from the plan nor from the telemetry. */
export interface RunContext {
  /** ISO 8601, UTC: when k6 was started. */
  readonly startedAt: string;
  /** ISO 8601, UTC: when k6 had ended. */
  readonly endedAt: string;
  readonly status: RunStatus;
  /** Why the suite stopped the run early (status `aborted`), or null. */
  readonly abortReason: string | null;
  /** The scenario is a file of the user's own. */
  readonly ownScenario?: boolean;
  /** Arguments of `npm run load --` that ask for the same run, without secrets, if known. */
  readonly command?: readonly string[];
  readonly label: string | null;
  /** Version of the order API under test, if known. */
  readonly release?: string;
  readonly gitCommit: string | null;
  /** How orders are sent. */
  readonly request?: Report['load']['request'];
  readonly suiteVersion: string;
  readonly k6Version: string;
  readonly nodeVersion: string;
  readonly hostCpus: number;
  readonly configHash: string;
  readonly target: {
    readonly label: string;
    readonly deployment: string | null;
    readonly platform: Platform;
    /** Memory of the function in MB, or null when unknown. */
    readonly memoryMb: number | null;
    /** Its processor, if known. */
    readonly architecture?: Architecture;
    /** The gateway in front of it, for the price; an HTTP API by default. */
    readonly gateway?: 'http' | 'rest';
    /** Where the embedded order API keeps its orders, and a hash of its settings other than defaults. */
    readonly store?: string;
    readonly settingsHash?: string;
    /** Calls that may run concurrently, if known. */
    readonly concurrencyLimit?: number;
  };
  /** Arm B of an ab run. */
  readonly targetB?: RunContext['target'];
  readonly k6: K6Exit & {
    readonly exceptions: readonly ScenarioException[];
    /** An example of each way to fail, redacted. */
    readonly failures?: readonly FailureExample[];
  };
  readonly generator: {
    /** User + system CPU time of k6 in seconds, or null when unknown. */
    readonly cpuSeconds: number | null;
    readonly peakRssBytes: number | null;
    /** Highest share of its available processors that k6 used over a few seconds under load, 0 to 1. */
    readonly peakCpuShare?: number | null;
    /** Epoch ms at which that share was first at the limit, or null. */
    readonly saturatedMs?: number | null;
    /** The machine's name server failed at some time during the load. */
    readonly nameServerFailed?: boolean;
    /** What kept k6 from running, if that was measured. */
    readonly heldBack?: NonNullable<Report['generator']['heldBack']>;
    /** Bearer tokens that were renewed during the run. */
    readonly token?: TokenFacts;
    /** Why the generator is known to be saturated ("k6 was throttled by its cgroup"), beyond what the report finds itself; or null. */
    readonly saturatedWhy?: string | null;
  };
  /** Statistics in ms from k6's own summary, if it was on. */
  readonly exact?: { readonly all?: ExactStats; readonly success?: ExactStats };
  /** Faults of the telemetry as a whole, in plain words (those of a runner are in its telemetry). */
  readonly telemetryFaults?: readonly string[];
  /** The platform's counts, if a lens read them. */
  readonly platform?: PlatformReading | PlatformBlind;
  /** Observations of the queue path, if orders went through it. */
  readonly queue?: QueueFacts;
}
