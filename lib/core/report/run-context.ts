import type { TokenFacts } from '../auth/token-facts.ts';
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

/** Everything in a report that comes from the environment and not from the plan or the telemetry. */
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
  readonly label: string | null;
  /** Version of the order API that was loaded, where it is known. */
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
    /** The gateway before it, for the price: HTTP API unless said otherwise. */
    readonly gateway?: 'http' | 'rest';
    /** Where the embedded order API keeps its orders, and a hash of what it was told beyond its defaults. */
    readonly store?: string;
    readonly settingsHash?: string;
    /** Calls that may run at once, where that is known. */
    readonly concurrencyLimit?: number;
  };
  /** Arm B of an ab run. */
  readonly targetB?: RunContext['target'];
  readonly k6: K6Exit & {
    readonly exceptions: readonly ScenarioException[];
    /** An example of each way to fail, fit to be shown. */
    readonly failures?: readonly FailureExample[];
  };
  readonly generator: {
    /** User + system CPU time of k6 in seconds, or null when unknown. */
    readonly cpuSeconds: number | null;
    readonly peakRssBytes: number | null;
    /** Highest share of the processors k6 may use that it used over a few seconds under load, 0 to 1. */
    readonly peakCpuShare?: number | null;
    /** Epoch ms at which that share was first at the limit, or null. */
    readonly saturatedMs?: number | null;
    /** The machine's name server did not answer at some time of the load. */
    readonly nameServerFailed?: boolean;
    /** What kept k6 from running, where that was looked at. */
    readonly heldBack?: NonNullable<Report['generator']['heldBack']>;
    /** Of bearer tokens that were renewed during the run. */
    readonly token?: TokenFacts;
    /** A reason beyond those that the report finds itself ("k6 was throttled by its cgroup"), or null. */
    readonly saturatedWhy?: string | null;
  };
  /** Statistics in ms from k6's own summary, where it was on. */
  readonly exact?: { readonly all?: ExactStats; readonly success?: ExactStats };
  /** Faults of the telemetry as a whole, in plain words (those of a runner are in its telemetry). */
  readonly telemetryFaults?: readonly string[];
  /** What the platform counted, where a lens looked. */
  readonly platform?: PlatformReading | PlatformBlind;
  /** What was seen of the queue path, where orders went through it. */
  readonly queue?: QueueFacts;
}
