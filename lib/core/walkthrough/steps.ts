/** One load of the walkthrough: what `npm run load` is given, and how long it takes. */
export interface WalkthroughRun {
  readonly id: string;
  /** Heading of its column. */
  readonly label: string;
  /** Scenario, or `--scenario FILE`, as on the command line. */
  readonly scenario: readonly string[];
  /** File of docs/walkthrough without `.json`. */
  readonly deployment: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** Environments that may take orders at once, where the deployment says so. */
  readonly limit: number | null;
  /** Orders go to the queue. */
  readonly isAsync: boolean;
}

/** One heading of docs/walkthrough.md with its measured block. */
export interface WalkthroughStep {
  /** Of the block's markers. */
  readonly id: string;
  readonly heading: string;
  /** Columns of its table, by the id of a run; runs are made in the order in which they come up. */
  readonly runs: readonly string[];
}

const SPIKE = {
  scenario: ['spike'],
  ratePerSecond: 1000,
  seconds: 20,
  limit: null,
  isAsync: false,
} as const;
const QUEUE_SPIKE = { ...SPIKE, ratePerSecond: 300 } as const;
const RETRIES = {
  ...SPIKE,
  scenario: ['--scenario', 'docs/walkthrough/retries.ts'],
  ratePerSecond: 50,
} as const;

const FULL_RUNS: readonly WalkthroughRun[] = [
  { ...SPIKE, id: 'naive', label: 'naive', deployment: '1-naive', limit: 2 },
  { ...SPIKE, id: 'memory', label: '1,024 MB', deployment: '2-memory', limit: 2 },
  { ...SPIKE, id: 'concurrency', label: 'no limit of its own', deployment: '3-concurrency' },
  { ...SPIKE, id: 'init', label: 'client in INIT', deployment: '4-init' },
  { ...RETRIES, id: 'retries-naive', label: 'naive handler', deployment: '4-init' },
  { ...RETRIES, id: 'retries-idempotent', label: 'idempotent', deployment: '5-idempotent' },
  {
    ...QUEUE_SPIKE,
    id: 'two-at-once',
    label: 'no queue, 2 at once',
    deployment: '6-two-at-once',
    limit: 2,
  },
  { ...QUEUE_SPIKE, id: 'queue', label: 'queue', deployment: '7-queue', isAsync: true },
  { ...QUEUE_SPIKE, id: 'batch', label: 'batches of 25', deployment: '8-batch', isAsync: true },
];

export const STEPS: readonly WalkthroughStep[] = [
  { id: 'naive', heading: 'Naive', runs: ['naive'] },
  { id: 'memory', heading: 'More memory', runs: ['naive', 'memory'] },
  { id: 'concurrency', heading: 'More at once', runs: ['memory', 'concurrency'] },
  { id: 'init', heading: 'INIT outside the handler', runs: ['concurrency', 'init'] },
  { id: 'idempotency', heading: 'Idempotency', runs: ['retries-naive', 'retries-idempotent'] },
  { id: 'queue', heading: 'A queue', runs: ['two-at-once', 'queue'] },
  { id: 'batch', heading: 'Batches', runs: ['queue', 'batch'] },
];

const QUICK_RATE_PER_SECOND = 300;
const QUICK_SECONDS = 4;

/** All loads in their order. The quick ones show who beats whom, and no more than that. */
export function walkthroughRuns({ quick }: { readonly quick: boolean }): readonly WalkthroughRun[] {
  if (!quick) return FULL_RUNS;
  return FULL_RUNS.map((run) => ({
    ...run,
    ratePerSecond: Math.min(run.ratePerSecond, QUICK_RATE_PER_SECOND),
    seconds: QUICK_SECONDS,
  }));
}

/** Arguments of `npm run load --`. */
export function loadArguments(run: WalkthroughRun): readonly string[] {
  return [
    ...run.scenario,
    ...(run.isAsync ? ['--config', 'docs/walkthrough/async.json'] : []),
    '--deployment',
    `docs/walkthrough/${run.deployment}.json`,
    '--store',
    'memory',
    '--rate',
    String(run.ratePerSecond),
    '--duration',
    `${run.seconds}s`,
    '--no-abort',
  ];
}

/** What a person types for the same load. */
export function loadCommand(run: WalkthroughRun): string {
  const [first = '', ...rest] = loadArguments(run);
  return first.startsWith('--')
    ? `npm run load -- ${[first, ...rest].join(' ')}`
    : `npm run load:${first} -- ${rest.join(' ')}`;
}
