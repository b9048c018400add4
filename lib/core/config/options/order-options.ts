import type { OptionSpec } from './option-spec.ts';

/** Where results go, and which orders are sent. */
export const ORDER_OPTIONS = {
  out: {
    flag: '--out <dir>',
    env: ['LOAD_OUT'],
    inFile: true,
    kind: 'path',
    description: 'folder for report.json and the other results',
    default: 'results/<run>',
  },
  history: {
    flag: '--history <dir>',
    env: ['LOAD_HISTORY'],
    inFile: true,
    kind: 'path',
    description: 'folder of the history to add the run to; none adds it to no history',
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
  retryRatio: {
    flag: '--retry-ratio <share>',
    env: ['LOAD_RETRY_RATIO'],
    inFile: true,
    kind: 'shareOrNone',
    description:
      'share of the orders to send a second time after their outcome; counted separately',
    default: '0',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
