import { measuredFigure } from '../../../lib/core/report/figure.ts';
import type { QueueFacts } from '../../../lib/core/report/schema/queue-schema.ts';
import type { ReadFacts } from '../../../lib/core/report/schema/reads-schema.ts';
import { sampleReport } from '../../core/report/sample-run.ts';

export const STATS = { count: 100, p50: 10, p95: 20, p99: 30, max: 40 };

export const READS: ReadFacts = {
  asked: 100,
  notAsked: 0,
  found: 100,
  lost: 0,
  missing: 0,
  missingWhy: null,
  unreadable: 0,
  answers: [],
  slowedDown: 0,
  controls: { found: 0, missed: 0 },
  doubted: { beforeAcceptance: 0, inFuture: 0, notThereYet: 0, noTime: 0 },
  stepMs: 1,
  longestMs: 40,
  neededMs: 35_000,
};

/** What was seen of a queue that stored every order, but for the changes. */
export function facts(changes: {
  readonly sample?: Partial<QueueFacts['sample']>;
  readonly reads?: Partial<ReadFacts>;
  readonly wait?: Partial<QueueFacts['wait']>;
  readonly clock?: QueueFacts['clock'];
  readonly platform?: Readonly<Record<'sent' | 'stored' | 'waiting' | 'deadLetters', number>>;
}): QueueFacts {
  const { platform } = changes;
  const figure = (value: number) => measuredFigure(value, 'orders', 'counted');
  return {
    sample: {
      share: 0.1,
      accepted: 100,
      asked: 100,
      stored: 100,
      lost: 0,
      withoutStoredAt: 0,
      readErrors: 0,
      lagMs: STATS,
      ...changes.sample,
    },
    reads: { ...READS, ...changes.reads },
    clock: changes.clock ?? { offsetMs: 0, uncertaintyMs: 4, note: 'compared' },
    wait: {
      waitedMs: 60_000,
      limitMs: 60_000,
      lastStoredMs: 1500,
      recentlyStored: false,
      ...changes.wait,
    },
    platform:
      platform === undefined
        ? null
        : {
            lagMs: { ...STATS, count: platform.stored },
            sent: figure(platform.sent),
            stored: figure(platform.stored),
            waiting: figure(platform.waiting),
            deadLetters: figure(platform.deadLetters),
            redelivered: figure(0),
            batches: figure(10),
            batchFill: figure(0.5),
          },
  };
}

export const reportOf = (queue?: QueueFacts) => ({
  ...sampleReport({}, { plan: { scenario: 'batch' } }),
  ...(queue && { queue }),
});
