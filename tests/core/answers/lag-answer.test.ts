import { describe, expect, it } from 'vitest';
import { answerReport } from '../../../lib/core/answers/answer-report.ts';
import { answerLag } from '../../../lib/core/answers/lag-answer.ts';
import { measuredFigure } from '../../../lib/core/report/figure.ts';
import type { QueueFacts } from '../../../lib/core/report/schema/queue-schema.ts';
import { sampleReport } from '../report/sample-run.ts';

const STATS = { count: 100, p50: 10, p95: 20, p99: 30, max: 40 };
const NO_STATS = { count: 0, p50: null, p95: null, p99: null, max: null };

function facts(changes: {
  readonly sample?: Partial<QueueFacts['sample']>;
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
      stored: 100,
      withoutStoredAt: 0,
      readErrors: 0,
      lagMs: STATS,
      ...changes.sample,
    },
    clock: changes.clock ?? {
      offsetMs: 0,
      uncertaintyMs: 0,
      note: 'the target is on this machine',
    },
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

const reportOf = (queue?: QueueFacts) => ({
  ...sampleReport({}, { plan: { scenario: 'batch' } }),
  ...(queue && { queue }),
});

describe('answerLag', () => {
  it('says yes where every sampled order was stored, and how sure that is', () => {
    const { answers, findings } = answerLag(reportOf(facts({})));
    expect(findings).toEqual([]);
    expect(answers.lag).toMatchObject({
      keepsUp: true,
      source: 'sample',
      lagMs: STATS,
      accepted: 1000,
      notStored: { value: 0 },
      drainMs: { value: 1500, source: 'measured' },
      deadLetters: { value: null, source: 'absent' },
    });
    expect(answers.lag?.notes).toContain(
      'with none of them missing, fewer than 3 % of all are (95 %)',
    );
  });

  it('scales up what is missing in the sample, and calls it lost once nothing more comes', () => {
    const { answers, findings } = answerLag(reportOf(facts({ sample: { stored: 90 } })));
    expect(answers.lag).toMatchObject({
      keepsUp: false,
      notStored: { value: 100, source: 'derived' },
      lost: { value: 100 },
      drainMs: { value: null, source: 'absent' },
    });
    expect(findings[0]?.verdict).toBe('fail');
    expect(findings[0]?.reason).toMatch(/^100 accepted orders will never be stored/);
  });

  it('does not call lost what was still being stored when the wait ended', () => {
    const queue = facts({ sample: { stored: 90 }, wait: { recentlyStored: true } });
    const { answers, findings } = answerLag(reportOf(queue));
    expect(answers.lag).toMatchObject({ keepsUp: false, lost: { value: null } });
    expect(findings[0]?.reason).toMatch(/^The queue had not drained 60 s after the load: 100/);
    expect(findings[0]?.reason).toContain('not known to be lost');
  });

  it('says nothing of orders that nobody waited for', () => {
    const queue = facts({ sample: { stored: 90 }, wait: { waitedMs: 800 } });
    const { answers, findings } = answerLag(reportOf(queue));
    expect(answers.lag).toMatchObject({ keepsUp: null, lost: { value: null } });
    expect(findings).toEqual([]);
  });

  it('takes the platform at its word: what is neither stored nor waiting is lost', () => {
    const platform = { sent: 1000, stored: 990, waiting: 4, deadLetters: 6 };
    const { answers, findings } = answerLag(reportOf(facts({ platform })));
    expect(answers.lag).toMatchObject({
      keepsUp: false,
      source: 'platform',
      notStored: { value: 10, source: 'measured' },
      lost: { value: 6 },
    });
    expect(findings[0]?.reason).toMatch(/^6 accepted orders .* 6 of them in the dead-letter queue/);
  });

  it('tells how far the clocks may be off', () => {
    const clock = { offsetMs: 300, uncertaintyMs: 40, note: 'from the Date headers' };
    const { answers } = answerLag(reportOf(facts({ clock })));
    expect(answers.lag?.notes.at(-1)).toBe('clocks: from the Date headers, ± 40 ms');
  });

  it('is invalid where no order says when it was stored, or nothing was seen at all', () => {
    const blind = facts({ sample: { withoutStoredAt: 100, lagMs: NO_STATS } });
    expect(answerReport(reportOf(blind)).run).toMatchObject({
      verdict: 'invalid',
      reasons: [expect.stringContaining('100 orders came without a storedAt')],
    });
    expect(answerReport(reportOf()).run).toMatchObject({ verdict: 'invalid' });
  });
});

it('is no question of a scenario of the user’s own, which may be named batch as well', () => {
  const own = sampleReport({}, { plan: { scenario: 'batch' }, context: { ownScenario: true } });
  expect(own.run.ownScenario).toBe(true);
  expect(answerReport(own)).toEqual(own);
  expect(answerReport(reportOf()).run.verdict).toBe('invalid');
});
