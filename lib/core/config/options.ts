import type { OptionKindName, OptionValue } from './option-values.ts';

/**
 * One option of a run: how it is given as a flag, as an environment variable and in the config file.
 * The command line, the readers and the docs are all made from this table.
 */
export interface OptionSpec {
  /** As commander takes it. */
  readonly flag: string;
  /** Environment variables, the strongest first; none for what only a command line can say. */
  readonly env: readonly string[];
  /** Whether the config file may hold it, under the table's own key. */
  readonly inFile: boolean;
  readonly kind: OptionKindName;
  /** A flag that may be given more than once; in a variable the values are separated by commas. */
  readonly repeatable?: true;
  readonly description: string;
  /** The default in words; "profile" where it comes from the scenario's profile. */
  readonly default: string;
}

export const OPTIONS = {
  target: {
    flag: '--target <url>',
    env: ['LOAD_TARGET', 'BASE_URL'],
    inFile: true,
    kind: 'baseUrl',
    description: 'base URL of the order API',
    default: 'the embedded order API',
  },
  targetB: {
    flag: '--target-b <url>',
    env: ['LOAD_TARGET_B', 'BASE_URL_B'],
    inFile: true,
    kind: 'baseUrl',
    description: 'ab: base URL of the order API that is compared with the target',
    default: 'the embedded order API, where --target is not given either',
  },
  profile: {
    flag: '--profile <name>',
    env: ['LOAD_PROFILE'],
    inFile: true,
    kind: 'profile',
    description: 'size of the load: quick, standard or long',
    default: 'standard',
  },
  rate: {
    flag: '--rate <per-second>',
    env: ['LOAD_RATE'],
    inFile: true,
    kind: 'rate',
    description: 'peak arrival rate in orders per second; the rest of the shape scales with it',
    default: 'profile',
  },
  duration: {
    flag: '--duration <time>',
    env: ['LOAD_DURATION'],
    inFile: true,
    kind: 'duration',
    description: 'length of the load without warm-up; every stage scales with it',
    default: 'profile',
  },
  warmup: {
    flag: '--warmup <time>',
    env: ['LOAD_WARMUP'],
    inFile: true,
    kind: 'warmup',
    description: 'load at the first rate before the measured load; in no figure',
    default: 'profile (10s for soak and steady long, else none)',
  },
  timeout: {
    flag: '--timeout <time>',
    env: ['LOAD_TIMEOUT'],
    inFile: true,
    kind: 'timeout',
    description: 'how long an order may take before it counts as a timeout',
    default: 'profile (5s; smoke 10s)',
  },
  gracefulStop: {
    flag: '--graceful-stop <time>',
    env: ['LOAD_GRACEFUL_STOP'],
    inFile: true,
    kind: 'timeout',
    description: 'wait for the last answers; longer than the timeout',
    default: 'the timeout and 2s',
  },
  maxVUs: {
    flag: '--max-vus <count>',
    env: ['LOAD_MAX_VUS'],
    inFile: true,
    kind: 'vus',
    description: 'ceiling of virtual users, which are the orders in flight',
    default: 'peak rate × timeout, within the free memory',
  },
  sloSuccess: {
    flag: '--slo-success <share>',
    env: ['LOAD_SLO_SUCCESS'],
    inFile: true,
    kind: 'ratio',
    description: 'lowest acceptable share of offered orders that are stored',
    default: 'profile',
  },
  sloP95: {
    flag: '--slo-p95 <ms>',
    env: ['LOAD_SLO_P95'],
    inFile: true,
    kind: 'latency',
    description: 'highest acceptable p95 latency',
    default: 'profile',
  },
  label: {
    flag: '--label <text>',
    env: ['LOAD_LABEL'],
    inFile: true,
    kind: 'label',
    description: 'name of the target in the report',
    default: 'the host of the target',
  },
  headers: {
    flag: '--header <name=env:VAR>',
    env: ['LOAD_HEADERS'],
    inFile: true,
    kind: 'headers',
    repeatable: true,
    description: 'header of every request, with its value from an environment variable',
    default: 'none',
  },
  apiKeyEnv: {
    flag: '--api-key-env <VAR>',
    env: ['LOAD_API_KEY_ENV'],
    inFile: true,
    kind: 'envName',
    description: 'environment variable that holds the API key (x-api-key)',
    default: 'none',
  },
  bearerEnv: {
    flag: '--bearer-env <VAR>',
    env: ['LOAD_BEARER_ENV'],
    inFile: true,
    kind: 'envName',
    description: 'environment variable that holds the bearer token',
    default: 'none',
  },
  sigv4: {
    flag: '--sigv4 <region[/service]>',
    env: ['LOAD_SIGV4'],
    inFile: true,
    kind: 'sigv4',
    description: 'sign with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN',
    default: 'none; the service is execute-api',
  },
  allowHosts: {
    flag: '--allow-host <host>',
    env: ['LOAD_ALLOW_HOSTS'],
    inFile: true,
    kind: 'hosts',
    repeatable: true,
    description: 'host that may be loaded besides loopback: host, host:port or *.example.com',
    default: 'loopback only',
  },
  maxRatePerSecond: {
    flag: '--max-rate <per-second>',
    env: ['LOAD_MAX_RATE'],
    inFile: true,
    kind: 'rate',
    description: 'cap of the peak rate; a run above it is refused',
    default: '1000, on loopback 20000',
  },
  maxRequests: {
    flag: '--max-requests <count>',
    env: ['LOAD_MAX_REQUESTS'],
    inFile: true,
    kind: 'count',
    description: 'cap of all orders of a run; a run above it is refused',
    default: '1000000, on loopback 50000000',
  },
  out: {
    flag: '--out <dir>',
    env: ['LOAD_OUT'],
    inFile: true,
    kind: 'path',
    description: 'folder for report.json and its siblings',
    default: 'results/<run>',
  },
  history: {
    flag: '--history <dir>',
    env: ['LOAD_HISTORY'],
    inFile: true,
    kind: 'path',
    description: 'folder of the history that the run is added to; none keeps it out of any',
    default: 'results/history; none with --out',
  },
  seed: {
    flag: '--seed <number>',
    env: ['LOAD_SEED'],
    inFile: true,
    kind: 'seed',
    description: 'seed of the generated orders; the same seed gives the same orders',
    default: '1',
  },
  store: {
    flag: '--store <name>',
    env: ['LOAD_STORE'],
    inFile: true,
    kind: 'store',
    description: 'store of the embedded order API: memory or dynalite',
    default: 'what the deployment says, or dynalite',
  },
  deployment: {
    flag: '--deployment <name|file>',
    env: ['LOAD_DEPLOYMENT'],
    inFile: true,
    kind: 'path',
    description: 'deployment of the embedded order API: a name of target/deployments, or a file',
    default: "the embedded order API's own defaults",
  },
  deploymentB: {
    flag: '--deployment-b <name|file>',
    env: ['LOAD_DEPLOYMENT_B'],
    inFile: true,
    kind: 'path',
    description: 'ab: deployment of the embedded order API that is compared with the target',
    default: 'the same deployment, started a second time',
  },
  refine: {
    flag: '--refine <count>',
    env: ['LOAD_REFINE'],
    inFile: true,
    kind: 'refinements',
    description: 'ramp: steps added to narrow capacity down, each in the middle of what is left',
    default: 'profile (3; quick 0)',
  },
  lens: {
    flag: '--lens <name>',
    env: ['LOAD_LENS'],
    inFile: true,
    kind: 'lens',
    description:
      "whose counters are put beside the client's: auto, local (/__truth of --target), aws or none",
    default: 'auto (local for the embedded order API, else none)',
  },
  functions: {
    flag: '--function <name>',
    env: ['LOAD_FUNCTIONS'],
    inFile: true,
    kind: 'functionNames',
    repeatable: true,
    description: 'Lambda function that --lens aws looks at; the one that takes orders first',
    default: 'none',
  },
  region: {
    flag: '--region <region>',
    env: ['LOAD_REGION'],
    inFile: true,
    kind: 'region',
    description: 'AWS region of --lens aws',
    default: "the AWS SDK's own (AWS_REGION, profile)",
  },
  drainWait: {
    flag: '--drain-wait <time>',
    env: ['LOAD_DRAIN_WAIT'],
    inFile: true,
    kind: 'wait',
    description: 'how long batch waits after the load for accepted orders to be stored',
    default: '1m',
  },
  abort: {
    flag: '--no-abort',
    env: ['LOAD_ABORT'],
    inFile: true,
    kind: 'boolean',
    description: 'go on when the target is past saving',
    default: 'true (a hopeless run is stopped and still reports)',
  },
  exact: {
    flag: '--exact',
    env: ['LOAD_EXACT'],
    inFile: true,
    kind: 'boolean',
    description: "add k6's own exact percentiles, which take memory for every order",
    default: 'false',
  },
  live: {
    flag: '--live',
    env: ['LOAD_LIVE'],
    inFile: true,
    kind: 'boolean',
    description: 'serve the HTML report on loopback while the run goes on, and print its URL',
    default: 'false',
  },
  json: {
    flag: '--json',
    env: ['LOAD_JSON'],
    inFile: false,
    kind: 'boolean',
    description: 'write the report to stdout as JSON, and everything else to stderr',
    default: 'false',
  },
  scenarioFile: {
    flag: '--scenario <file>',
    env: [],
    inFile: false,
    kind: 'path',
    description: 'scenario file of your own',
    default: 'none',
  },
  configFile: {
    flag: '--config <file>',
    env: ['LOAD_CONFIG'],
    inFile: false,
    kind: 'path',
    description: 'config file',
    default: 'load.config.ts or load.config.json in the working directory',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionKey = keyof typeof OPTIONS;

export const OPTION_KEYS = Object.keys(OPTIONS) as readonly OptionKey[];

/** Keys of the options that the config file may hold. */
export type FileOptionKey = {
  [K in OptionKey]: (typeof OPTIONS)[K]['inFile'] extends true ? K : never;
}[OptionKey];

/** Parsed values of the options that were given; durations and latencies in milliseconds. */
export type OptionValues = { readonly [K in OptionKey]?: OptionValue<(typeof OPTIONS)[K]['kind']> };

/** The flag without its argument: `--rate`. */
export function flagName(key: OptionKey): string {
  return OPTIONS[key].flag.split(' ')[0] as string;
}

/** The attribute under which commander stores the flag's value: `maxVus` for `--max-vus`. */
export function flagAttribute(key: OptionKey): string {
  return flagName(key)
    .replace(/^--(no-)?/, '')
    .replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
