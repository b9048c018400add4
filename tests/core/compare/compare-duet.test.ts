import { expect, it } from 'vitest';
import { compareDuet } from '../../../lib/core/compare/compare-duet.ts';
import { latencyStatsOf } from '../../../lib/core/report/latency-stats.ts';
import type { AbAnswers } from '../../../lib/questions/ab/schema.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { SimulatedTarget } from '../../../studies/compare/simulated-runs.ts';
import { fromValues } from '../histogram/from-values.ts';
import { sampleReport } from '../report/sample-run.ts';

const ORDERS = 1000;

interface Shape {
  readonly rounds: number;
  readonly slower?: number;
  readonly failures?: number;
  readonly dropped?: number;
  readonly platform?: 'aws';
}

/** Rounds whose noise both arms share: they differ by far more than the arms of a round do. */
function abReport({
  rounds,
  slower = 0,
  failures = 0,
  dropped = 0,
  platform,
}: Shape): AnsweredReport {
  const base = sampleReport();
  const noise = new SimulatedTarget(3);
  const levels = Array.from({ length: rounds }, () => 40 * Math.exp(0.3 * noise.normal()));
  const arm = (factor: number, failed: number, lost: number): AbAnswers['arms']['a'] => {
    const stored = ORDERS - failed;
    const outcomes = { ...base.requests.outcomes, created: stored, serverError: failed };
    const offered = ORDERS + lost;
    const counts = { offered, sent: ORDERS, dropped: lost, unresolved: 0, outcomes };
    const blocks = levels.map((level, i) => {
      const values = Array.from(
        { length: stored },
        () => level * factor * Math.exp(0.3 * noise.normal()),
      );
      return {
        ...{ round: i + 1, order: 'AB' as const, step: `r${i + 1}`, ...counts },
        successRatio: stored / offered,
        latencyMs: latencyStatsOf(fromValues(values)),
      };
    });
    const requests = { ...counts, successRatio: stored / offered };
    return {
      ...{ target: base.target, requests, settling: requests, compared: requests },
      ...{ latencyMs: latencyStatsOf(fromValues([])), blocks },
    };
  };
  const a = arm(1, 0, 0);
  const b = arm(1 + slower, failures, dropped);
  const armB = platform === undefined ? b : { ...b, target: { ...b.target, platform } };
  const ratio = { ratio: null, interval: null, rounds };
  return {
    ...base,
    answers: { ab: { arms: { a, b: armB }, latencyRatio: { p50: ratio, p95: ratio } } },
  };
}

it('finds 8% where rounds differ by 30%, because both arms of a round do alike', () => {
  const found = compareDuet(abReport({ rounds: 6, slower: 0.08 }));
  expect(found).toMatchObject({ verdict: 'regress', mode: 'duet' });
  expect(found.metrics[0]?.effect).toBeCloseTo(0.08, 1);
  expect(found.notes.join()).toContain('no number of rounds averages it out');
});

it('says that nothing changed, and that B is better', () => {
  expect(compareDuet(abReport({ rounds: 8 })).verdict).toBe('no-change');
  expect(compareDuet(abReport({ rounds: 8, slower: -0.2 })).verdict).toBe('improve');
});

it('has no verdict on fewer than five rounds', () => {
  const found = compareDuet(abReport({ rounds: 4, slower: 1 }));
  expect(found.verdict).toBe('inconclusive');
  expect(found.metrics.map(({ why }) => why)).toEqual(Array(4).fill('too-few-rounds'));
});

it('says of two rounds or more how many would settle it', () => {
  const [p50] = compareDuet(abReport({ rounds: 3, slower: 0.08 })).metrics;
  expect(p50).toMatchObject({ why: 'too-few-rounds', pValue: null });
  expect(p50?.runsNeeded).toBeGreaterThanOrEqual(5);
  expect(p50?.runsNeeded).toBeLessThan(10);
  expect(p50?.smallestDetectable).toBeGreaterThan(0);
  expect(p50?.sentence).toMatch(
    /it takes 5 rounds: .*With that noise, .* about \d rounds would settle/,
  );
  const [alone] = compareDuet(abReport({ rounds: 1, slower: 0.08 })).metrics;
  expect(alone).toMatchObject({ runsNeeded: null, smallestDetectable: null });
});

it('finds failures of one arm', () => {
  const found = compareDuet(abReport({ rounds: 6, failures: 40 }));
  expect(found.metrics[3]).toMatchObject({ metric: 'successRatio', verdict: 'regress' });
});

it('does not compare arms that did not get the same load, or of another kind', () => {
  const dropped = compareDuet(abReport({ rounds: 6, dropped: 30 }));
  expect(dropped.incomparable.join()).toBe(
    '0% of the orders for A and 2.91% of the orders for B were dropped; at most 1% may be',
  );
  const kind = compareDuet(abReport({ rounds: 6, platform: 'aws' }));
  expect(kind.verdict).toBe('incomparable');
  expect(kind.incomparable.join()).toContain('different kind of target');
});

it('refuses a report without arms', () => {
  expect(() => compareDuet(sampleReport())).toThrow('no arms');
});
