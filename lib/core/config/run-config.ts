import type { ArrivalsChoice } from '../load/arrivals.ts';
import type { Auth, HeaderFromEnv, ProfileName, Slo } from '../load/load-plan.ts';
import type { QuestionProfile } from '../load/question-profile.ts';
import type { ContractTerms } from '../order/contract-terms.ts';
import type { OrderMapping } from '../order/order-mapping.ts';
import type { FileOptionKey, OptionKey } from './options.ts';

/** Values as written in a config file; checked by the same parsers as flags and variables. */
type FileValue = string | number | boolean | readonly string[];
export type FileOptions = { readonly [K in FileOptionKey]?: FileValue | undefined };

/** The content of `load.config.ts` or `load.config.json`. */
export interface LoadConfig extends FileOptions {
  /** Options for one scenario only; they win over the general ones. */
  readonly scenarios?: Readonly<Record<string, FileOptions>> | undefined;
  /** What orders and responses of the API look like. */
  readonly order?: OrderOverrides | undefined;
}

export type OrderOverrides = {
  readonly [K in Exclude<keyof OrderMapping, 'fields' | 'bodies' | 'contract'>]?:
    | OrderMapping[K]
    | undefined;
} & {
  /** Path of a file with one JSON body per line; they are sent in turn. */
  readonly bodies?: string | undefined;
  readonly contract?:
    | { readonly [K in keyof ContractTerms]?: ContractTerms[K] | undefined }
    | undefined;
  readonly fields?:
    | { readonly [K in keyof OrderMapping['fields']]?: string | undefined }
    | undefined;
};

/** Source of a bearer token that may expire during the run. */
export type TokenFrom =
  | { readonly kind: 'command'; readonly command: string }
  | {
      readonly kind: 'oauth2';
      readonly url: string;
      /** Variables that hold the client's id and secret. */
      readonly clientIdEnv: string;
      readonly clientSecretEnv: string;
      readonly scope: string | null;
      readonly audience: string | null;
    };

/** The one resolved configuration of a run. */
export interface RunConfig {
  readonly scenario: string;
  /** The profile of its question; for a user's own scenario, the profile that its load starts from. */
  readonly question: QuestionProfile;
  readonly profile: ProfileName;
  /** Null: the embedded order API. */
  readonly target: string | null;
  /** Arm B of an ab run; null: a second embedded order API. */
  readonly targetB: string | null;
  /** Peak rate, or null for the profile's own. */
  readonly ratePerSecond: number | null;
  /** Length of the measured load, or null for the profile's own. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
  readonly requestTimeoutMs: number;
  readonly gracefulStopMs: number;
  readonly arrivals: ArrivalsChoice;
  /** Limit of orders in flight, or null for as many as the timeout may need. */
  readonly maxInFlight: number | null;
  /** Event loops of a k6 process, or null for as many as the rate needs. */
  readonly clients: number | null;
  readonly http1: boolean;
  readonly slo: Slo;
  readonly label: string | null;
  /** Version of the order API under test, or null if not known. */
  readonly release: string | null;
  readonly headers: readonly HeaderFromEnv[];
  readonly auth: Auth;
  /** Source of a renewed token, or null. */
  readonly tokenFrom: TokenFrom | null;
  /** File of a certificate authority to trust in addition to the system's, or null. */
  readonly ca: string | null;
  /** Files of the client certificate and its key, or null. */
  readonly clientCertificate: { readonly cert: string; readonly key: string } | null;
  /** Query of every request, encoded and without its question mark; empty for none. */
  readonly query: string;
  /** Path below the target to check before the load; null skips the check. */
  readonly preflightPath: string | null;
  readonly allowHosts: readonly string[];
  /** Caps, or null for the documented defaults. */
  readonly maxRatePerSecond: number | null;
  readonly maxRequests: number | null;
  /** Folder of the report, or null for results/<run>. */
  readonly out: string | null;
  /** Folder of the history that the run is added to, or null for none. */
  readonly history: string | null;
  readonly seed: number;
  /** Share of the orders that are sent again, 0 to 1. */
  readonly retryRatio: number;
  /** Null: what the deployment says. */
  readonly store: 'memory' | 'dynalite' | null;
  /** Name or file of the embedded order API's deployment, or null for its defaults. */
  readonly deployment: string | null;
  /** The deployment of arm B if it is embedded, or null for that of arm A. */
  readonly deploymentB: string | null;
  /** Most steps that a ramp adds to narrow the capacity down. */
  readonly refine: number;
  readonly lens: 'auto' | 'local' | 'aws' | 'none';
  /** Lambda functions of the AWS lens, the one that takes orders first. */
  readonly functions: readonly string[];
  /** Null: the AWS SDK's own. */
  readonly region: string | null;
  /** How long accepted orders may take to be stored after the load. */
  readonly drainWaitMs: number;
  /** Another receiver of the telemetry, or null. */
  readonly prometheus: {
    /** Remote-write endpoint. */
    readonly url: string;
    readonly bearerEnv: string | null;
    readonly headers: readonly HeaderFromEnv[];
  } | null;
  readonly abort: boolean;
  readonly exact: boolean;
  readonly live: boolean;
  /** Smoke proposes a config from the target's responses. */
  readonly learn: boolean;
  readonly json: boolean;
  readonly scenarioFile: string | null;
  /** Orders and responses as described by the config file; `mapping.bodies` is null until its file has been read. */
  readonly mapping: OrderMapping;
  /** File of bodies that are sent in turn, or null. */
  readonly bodiesPath: string | null;
  /** Arguments of `npm run load --` that ask for the same run, without secrets. */
  readonly command?: readonly string[];
  /** Where each given option came from: `--rate`, `LOAD_RATE` or `load.config.json: rate`. */
  readonly sources: { readonly [K in OptionKey]?: string };
}
