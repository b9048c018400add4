import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../../lib/core/compare/compare-runs.ts';
import {
  COMPARED_METRICS,
  DEFAULT_SETTINGS,
} from '../../../../lib/core/compare/compare-settings.ts';
import {
  type CompareMode,
  type Comparison,
  type ComparisonSide,
  type MetricComparison,
  WHY_INCONCLUSIVE,
  type WhyInconclusive,
} from '../../../../lib/core/compare/comparison.ts';
import { tTest } from '../../../../lib/core/compare/effect-test.ts';
import { judgeMetrics } from '../../../../lib/core/compare/judge-metrics.ts';
import { reasonsOf } from '../../../../lib/core/compare/reasons.ts';
import { verdictOfMetrics } from '../../../../lib/core/compare/verdict-of-metrics.ts';
import { historyEntryOf } from '../../../../lib/core/history/history-entry.ts';
import { comparisonText } from '../../../../lib/core/render/compare/comparison-text.ts';
import type { Report } from '../../../../lib/core/report/schema/report-schema.ts';
import { comparisonSummary } from '../../../../lib/core/summary/comparison/comparison-summary.ts';
import { steadyReport } from '../../compare/sample-reports.ts';

const side = (name: string): ComparisonSide => ({
  ...{ name, target: 'api', runs: ['one', 'two', 'three'], commits: [] },
  ...{ scenario: 'steady', profile: 'quick' },
});

const MODES: readonly CompareMode[] = ['duet', 'repeated', 'single', 'candidate'];

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const noReason = fc.constant(null);
const someReason = fc.constantFrom(...WHY_INCONCLUSIVE.filter((why) => why !== 'too-noisy'));

/** A test of a metric with this change and error, or none at all where there is a reason. */
const testedWith = (
  effect: fc.Arbitrary<number>,
  se: fc.Arbitrary<number>,
  why: fc.Arbitrary<WhyInconclusive | null> = noReason,
) =>
  fc.record({
    level: between(0.01, 9),
    ...{ effect, se, why },
    df: fc.integer({ min: 1, max: 40 }),
    isTested: fc.boolean(),
  });

const same = testedWith(between(-0.005, 0.005), between(0.0001, 0.0004));
const faster = testedWith(between(-0.5, -0.1), between(0.0001, 0.002));
const any = testedWith(
  between(-0.5, 0.5),
  between(0.0005, 0.4),
  fc.oneof(noReason, noReason, someReason),
);
const four = (of: typeof any) => fc.tuple(of, of, of, of);

/** Comparisons as `compareRuns` and `compareDuet` put them together, of any figures. */
const comparisons = fc
  .record({
    mode: fc.constantFrom(...MODES),
    // All alike, all better or as it was, and any mixture.
    tests: fc.oneof(four(same), fc.tuple(faster, same, faster, same), four(any)),
    runs: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    pastRuns: fc.integer({ min: 0, max: 7 }),
  })
  .map(({ mode, tests, runs: [runsA, runsB], pastRuns }): Comparison => {
    const metrics = judgeMetrics(
      COMPARED_METRICS.map((metric, at) => {
        const { level, effect, se, df, why, isTested } = tests[at] as (typeof tests)[0];
        // Success is a share, so its levels and changes are small.
        const scale = metric === 'successRatio' ? 0.1 : 1;
        const [a, b] = [level * scale, level * scale + effect * scale];
        const test = why === null || isTested ? tTest(effect * scale, se * scale, df) : null;
        const noise = { noisierThanHistory: false, historyRuns: 0, design: null };
        return { metric, tested: { a, b, test, why, ...noise } };
      }),
      mode,
      DEFAULT_SETTINGS,
    );
    const verdict = verdictOfMetrics(metrics);
    const amount = { mode, runsA, runsB, pastRuns, rounds: runsA };
    const reasons = reasonsOf(verdict, metrics, amount, DEFAULT_SETTINGS);
    return {
      ...{ comparisonVersion: '1.0', verdict, headline: reasons[0] ?? '', reasons, mode },
      ...{ scenario: 'steady', profile: 'quick', a: side('A'), b: side('results/b') },
      ...{ incomparable: [], metrics, checks: [], notes: [], next: [], advice: [] },
      ...{ historyRuns: 0, settings: DEFAULT_SETTINGS },
    };
  });

/** A figure as it is shown, and by how much rounding to its last digit can have moved it. */
function shown(text: string): { readonly value: number; readonly slack: number } {
  const [, sign = '', digits = ''] = /([−+±]?)(\d+(?:\.\d+)?)/.exec(text.replaceAll(',', '')) ?? [];
  const decimals = digits.split('.')[1]?.length ?? 0;
  return {
    value: (sign === '−' ? -1 : 1) * Number(digits),
    slack: 0.5 * 10 ** -decimals * (1 + 1e-6),
  };
}

function expectFigure(text: string, figure: number | null, unit: number): void {
  if (figure === null) {
    expect(text).toBe('–');
    return;
  }
  const { value, slack } = shown(text);
  expect(Math.abs(value - figure * unit), `${text} for ${figure}`).toBeLessThanOrEqual(slack);
}

describe('any comparison', () => {
  it('is generated with every verdict', () => {
    const verdicts = fc.sample(comparisons, 200).map(({ verdict }) => verdict);
    expect([...new Set(verdicts)].sort()).toEqual([
      'improve',
      'inconclusive',
      'no-change',
      'regress',
    ]);
  });

  it('shows the figures of the JSON, rounded', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const { rows } = comparisonSummary(comparison);
        comparison.metrics.forEach(({ metric, a, b, effect, interval }, at) => {
          const row = rows[at];
          const isShare = metric === 'successRatio';
          for (const [text, value] of [[row?.a ?? '', a] as const, [row?.b ?? '', b] as const]) {
            const isSeconds = / s$/.test(text);
            // Shares are rounded so that a missed SLO never looks met.
            if (!isShare) expectFigure(text, value, isSeconds ? 0.001 : 1);
          }
          expectFigure(row?.change ?? '', effect, 100);
          const [low = '', high = ''] = (row?.interval ?? '').split(' to ');
          if (interval === null) expect(row?.interval).toBe('–');
          else {
            expectFigure(low, interval[0], 100);
            expectFigure(high, interval[1], 100);
          }
        });
      }),
    );
  });

  it('says nothing twice', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const { headline, notes } = comparisonSummary(comparison);
        const said = [headline.reason, ...headline.others, ...notes].flatMap((text) =>
          text.split(/(?<=[.:;]) |, but /),
        );
        const sentences = said.filter((text) => text.split(' ').length > 3);
        expect(sentences).toEqual([...new Set(sentences)]);
      }),
    );
  });

  it('never calls one thing both changed and unchanged', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const { headline, rows } = comparisonSummary(comparison);
        const said = [headline.reason, ...headline.others].join(' ');
        const hasChanged = ({ verdict }: MetricComparison) =>
          verdict === 'regress' || verdict === 'improve';
        comparison.metrics.forEach((metric, at) => {
          const { name, mark, verdict } = rows[at] as (typeof rows)[number];
          const isSaidToMove = new RegExp(`\\b${name} (rose|fell|by)\\b`, 'i').test(said);
          if (!hasChanged(metric)) expect(isSaidToMove, said).toBe(false);
          if (verdict.text === 'worse') expect(mark?.at).toBeGreaterThan(0);
          if (verdict.text === 'better') expect(mark?.at).toBeLessThan(0);
        });
        const saysSame = said.includes('Every change lies within');
        expect(saysSame).toBe(comparison.verdict === 'no-change');
        if (saysSame) expect(comparison.metrics.some(hasChanged)).toBe(false);
      }),
    );
  });

  it('fits a terminal of 80 columns', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const text = comparisonText(comparison, { colors: false, width: 80 });
        for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
      }),
    );
  });
});

const runs = (from: number, count: number, changes: Partial<Report['run']> = {}, slower = 0) =>
  Array.from({ length: count }, (_, at) =>
    steadyReport({ seed: from + at, slower, runCv: 0.01, changes }),
  );
const compared = (a: readonly Report[], b: readonly Report[], past: readonly Report[] = []) =>
  comparisonSummary(
    compareRuns({
      a: { name: 'results/a', reports: a },
      b: { name: 'results/b', reports: b },
      history: past.map(historyEntryOf),
    }),
  );

describe('the summary of a comparison', () => {
  it('names both profiles where they differ, and says nothing of sameness beside it', () => {
    const { headline, subject, rows, notes } = compared(
      runs(1, 1, { profile: 'standard' }),
      runs(2, 1, { profile: 'quick' }),
    );
    expect(subject).toBe('steady, standard against quick');
    expect(headline).toMatchObject({
      ...{ tone: 'open', word: 'Not comparable' },
      reason: 'Different profile: standard (A), quick (B).',
    });
    expect(rows).toEqual([]);
    expect(notes).toEqual([]);
    expect(headline.next).toEqual([
      {
        text: 'Run B again with the load of A',
        command: expect.stringMatching(/^npm run load:steady -- --target \S+ .* --duration 40s/),
      },
    ]);
  });

  it('says once why a single pair gets no verdict, and how to get one', () => {
    const { headline } = compared(runs(1, 1), runs(2, 1));
    expect(headline.word).toBe('Can’t say yet');
    expect(headline.reason).toMatch(/^p95 .*one run of each side does not show how much runs/);
    expect(headline.others).toEqual([]);
    expect(headline.next[0]?.command).toMatch(
      /^npm run calibrate -- .* && npm run compare -- results\/a results\/b --history results\/calibration$/,
    );
  });

  it('begins with what became worse', () => {
    const { headline, sides } = compared(runs(1, 4), runs(11, 4, {}, 0.3));
    expect(headline).toMatchObject({ tone: 'bad', word: 'Worse' });
    expect(headline.reason).toMatch(
      /^p95 rose by \d+\.\d% \(\d+(\.\d+)? ms → \d+(\.\d+)? ms\), p99 by \d+\.\d% and p50 by \d+\.\d%: more than noise explains, and above the 3% that counts as a change\.$/,
    );
    expect(sides[0]).toBe('A  results/a: 4 runs of api');
  });

  it('counts the past runs that a verdict still lacks', () => {
    const { headline } = compared(runs(601, 1), runs(602, 1), runs(500, 5));
    expect(headline.reason).toContain('a verdict takes 8 past runs');
    expect(headline.reason).toContain('and there are 5.');
  });
});
