import type { OptionSpec } from './option-spec.ts';

/** How a run proceeds, what it writes, and the files it reads. */
export const RUN_OPTIONS = {
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
    description: 'keep going even if the target has collapsed',
    default: 'true (a hopeless run is stopped, and still reported)',
  },
  exact: {
    flag: '--exact',
    env: ['LOAD_EXACT'],
    inFile: true,
    kind: 'boolean',
    description: "also report k6's own exact percentiles, which take memory for every order",
    default: 'false',
  },
  live: {
    flag: '--live',
    env: ['LOAD_LIVE'],
    inFile: true,
    kind: 'boolean',
    description: 'serve the HTML report on loopback during the run, and print its URL',
    default: 'false',
  },
  learn: {
    flag: '--learn',
    env: [],
    inFile: false,
    kind: 'boolean',
    description: 'smoke: propose a config for the API, from its responses',
    default: 'false',
  },
  json: {
    flag: '--json',
    env: ['LOAD_JSON'],
    inFile: false,
    kind: 'boolean',
    description:
      'write the report to stdout as JSON and everything else to stderr (for another program: npm run -s)',
    default: 'false',
  },
  scenarioFile: {
    flag: '--scenario <file>',
    env: [],
    inFile: false,
    kind: 'path',
    description: 'your own scenario file',
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
