import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAll } from '../../../lib/core/histogram/add.ts';
import { EMPTY_HISTOGRAM, type Histogram } from '../../../lib/core/histogram/histogram.ts';
import { NOT_SENT_REASONS } from '../../../lib/core/order/not-sent.ts';
import { OUTCOMES } from '../../../lib/core/order/outcome.ts';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import type {
  NotSent,
  NotSentBySteps,
  ResendTally,
  RunnerTelemetry,
  Tally,
  WindowTally,
} from '../../../lib/core/telemetry/tally.ts';
import { mergeReports } from '../../../lib/questions/merge-reports.ts';
import { fromValues } from '../histogram/from-values.ts';
import {
  type Latencies,
  resendsOf,
  START_MS,
  sampleContext,
  samplePlan,
  sampleReport,
  tallyOf,
} from './sample-run.ts';

const histogram: fc.Arbitrary<Histogram> = fc
  .array(fc.constantFrom(0, 1, 5, 20, 21, 80, 300, 4999), { maxLength: 6 })
  .map(fromValues);

/** Without the handler's headers the k6 side has no server errors, only platform rejections. */
const latencies = (handlerSeen: boolean): fc.Arbitrary<Latencies> =>
  fc.dictionary(
    fc.constantFrom(...OUTCOMES.filter((outcome) => handlerSeen || outcome !== 'serverError')),
    fc.array(fc.constantFrom(0, 1, 5, 20, 80, 300, 4999), { minLength: 1, maxLength: 5 }),
    { maxKeys: 4 },
  );

const tally = (handlerSeen: boolean): fc.Arbitrary<Tally> =>
  fc
    .record({ unresolved: fc.nat(3), latencies: latencies(handlerSeen) })
    .map(({ unresolved, latencies }) =>
      tallyOf(unresolved + Object.values(latencies).flat().length, latencies),
    );

const resends = (handlerSeen: boolean): fc.Arbitrary<ResendTally> =>
  fc
    .tuple(fc.nat(3), latencies(handlerSeen), latencies(handlerSeen))
    .map(([unresolved, served, others]) => {
      const resolved = [...Object.values(served), ...Object.values(others)].flat().length;
      return resendsOf(unresolved + resolved, served, others);
    });

const window = (handlerSeen: boolean): fc.Arbitrary<WindowTally> =>
  fc
    .record({
      second: fc.nat(40),
      jitterMs: fc.integer({ min: -400, max: 400 }),
      dropped: fc.nat(2),
      cold: handlerSeen ? fc.nat(2) : fc.constant(0),
      vus: fc.option(fc.nat(50)),
      inFlight: fc.option(fc.nat(50)),
      tally: tally(handlerSeen),
    })
    .map(({ second, jitterMs, tally, ...rest }) => ({
      startOffsetMs: second * 1000 + jitterMs,
      lengthMs: 1000,
      ...rest,
      ...tally,
    }));

const notSent: fc.Arbitrary<NotSentBySteps> = fc.dictionary(
  fc.constantFrom('calm', 'burst', 'unplanned'),
  fc.dictionary(fc.constantFrom(...NOT_SENT_REASONS), fc.nat(9)),
);

/** Known by step, or not at all. */
const lateness: fc.Arbitrary<Pick<RunnerTelemetry, 'lateness' | 'latenessByStep'>> = fc
  .dictionary(fc.constantFrom('calm', 'burst'), histogram)
  .map((latenessByStep) => ({ lateness: addAll(Object.values(latenessByStep)), latenessByStep }));

const runner: fc.Arbitrary<Omit<RunnerTelemetry, 'runner'>> = fc.boolean().chain((handlerSeen) =>
  fc
    .tuple(
      lateness,
      fc.record({
        scenarioStartMs: fc.nat(5000).map((offset) => START_MS + offset),
        ended: fc.boolean(),
        faults: fc.array(fc.constantFrom('a counter fell', 'a push was garbled'), { maxLength: 1 }),
        steps: fc.dictionary(fc.constantFrom('calm', 'burst', 'stray'), tally(handlerSeen)),
        dropped: fc.nat(20),
        notSent,
        warmup: fc.tuple(tally(handlerSeen), fc.nat(3)).map(([t, dropped]) => ({ ...t, dropped })),
        resends: resends(handlerSeen),
        windows: fc.array(window(handlerSeen), { maxLength: 5 }),
        connect: histogram,
        handler: handlerSeen ? histogram : fc.constant(EMPTY_HISTOGRAM),
        init: handlerSeen ? histogram : fc.constant(EMPTY_HISTOGRAM),
        cold: handlerSeen ? fc.nat(5) : fc.constant(0),
        handlerSeen: fc.constant(handlerSeen),
      }),
    )
    .map(([late, rest]) => ({ ...rest, ...late })),
);

const NO_RESENDS = resendsOf(0, {});

const runners = fc
  .array(runner, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((one, i): RunnerTelemetry => ({ ...one, runner: `${i + 1}` })));

const stages = (durationSeconds: number) => [
  { name: 'calm', durationSeconds, fromRate: 1, toRate: 1 },
  { name: 'burst', durationSeconds: 10, fromRate: 1, toRate: 5 },
];

/** What a split cannot keep: CPUs and CPU time are those of the machines, which add up. */
const PART = { hostCpus: 1, generator: { cpuSeconds: null, peakRssBytes: 5 } };

describe('mergeReports', () => {
  it.each([
    [30, 0],
    [30, 0.25],
    [600, 0.25],
  ])(
    'equals the report of the whole for any split of the runners (%i s, retry ratio %d)',
    (seconds, retryRatio) => {
      const plan = samplePlan({ stages: stages(seconds), retryRatio });
      const build = (part: readonly RunnerTelemetry[], hostCpus: number) =>
        buildReport({ plan, runners: part, context: sampleContext({ ...PART, hostCpus }) });
      fc.assert(
        fc.property(
          runners,
          fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
          (some, groups) => {
            const all =
              retryRatio > 0 ? some : some.map((one) => ({ ...one, resends: NO_RESENDS }));
            const parts = [0, 1, 2]
              .map((group) => all.filter((_, i) => groups[i] === group))
              .filter((part) => part.length > 0);
            const reports = parts.map((part) => build(part, 1));
            const whole = build(all, parts.length);
            expect(mergeReports(reports)).toEqual(whole);
            expect(mergeReports([...reports].reverse())).toEqual(whole);
            expect(mergeReports(reports.map((one) => JSON.parse(JSON.stringify(one))))).toEqual(
              whole,
            );
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it('does not matter in which steps reports are merged', () => {
    const [a, b, c] = ['1', '2', '3'].map((name) => sampleReport({ changes: { runner: name } }));
    if (!a || !b || !c) throw new Error('three reports are needed');
    expect(mergeReports([mergeReports([a, b]), c])).toEqual(
      mergeReports([a, mergeReports([b, c])]),
    );
    expect(mergeReports([a, b, c]).requests.total).toBe(3000);
  });

  it('computes percentiles from the merged histogram and not by averaging them', () => {
    const fast = sampleReport({ latencies: { created: Array(900).fill(10) } });
    const slow = sampleReport({
      latencies: { created: Array(100).fill(1000) },
      changes: { runner: '2' },
    });
    expect(mergeReports([fast, slow]).latencyMs.success.p50).toBeLessThan(10.2);
    expect(mergeReports([fast, slow]).latencyMs.success.p95).toBeGreaterThan(980);
  });

  it('aligns windows by time: counts, VUs and orders in flight of the same second add up', () => {
    const windows = (
      ...seconds: [offsetMs: number, vus: number | null, inFlight: number | null][]
    ) =>
      seconds.map(([startOffsetMs, vus, inFlight]) => ({
        startOffsetMs,
        lengthMs: 1000,
        dropped: 1,
        cold: 0,
        vus,
        inFlight,
        ...tallyOf(2, { created: [20], timeout: [5000] }),
      }));
    const first = sampleReport({ changes: { windows: windows([0, 3, 30], [1000, 4, 40]) } });
    const second = sampleReport({
      changes: {
        runner: '2',
        scenarioStartMs: START_MS + 1000,
        windows: windows([-100, 5, 50], [1000, null, null]),
      },
    });
    const merged = mergeReports([first, second]);
    expect(
      merged.windows.map((one) => [
        one.startOffsetMs,
        one.sent,
        one.dropped,
        one.vus,
        one.inFlight,
      ]),
    ).toEqual([
      [0, 2, 1, 3, 30],
      [1000, 4, 2, 9, 90],
      [2000, 2, 1, null, undefined],
    ]);
    expect(merged.generator.peakInFlight).toBe(90);
    expect(merged.windows[1]?.outcomes).toMatchObject({ created: 2, timeout: 2 });
    // Each to its planned end, one a second after the other.
    expect(merged.load.loadedMs).toBe(11_000);
  });

  it('does not take cold starts of a report that had none by window for zero', () => {
    const [old, other] = ['1', '2'].map((runner) => sampleReport({ changes: { runner } }));
    if (!old || !other) throw new Error('two reports are needed');
    const stripped = old.windows.map(({ coldStarts: _, ...window }) => window);
    const merged = mergeReports([{ ...old, windows: stripped }, other]);
    expect(merged.windows[0]).not.toHaveProperty('coldStarts');
    expect(mergeReports([old, other]).windows[0]?.coldStarts).toBe(0);
  });

  it('keeps the most memory of an environment', () => {
    const [one, two, three] = ['1', '2', '3'].map((runner, i) => {
      const report = sampleReport({ changes: { runner } });
      if (i === 2) return report;
      const windows = report.windows.map((w) => ({ ...w, environmentMemoryMb: 90 - i }));
      return { ...report, windows };
    });
    if (!one || !two || !three) throw new Error('three reports are needed');
    expect(mergeReports([three, two, one]).windows[0]?.environmentMemoryMb).toBe(90);
  });

  it('drops k6’s own statistics, which do not add up, and sorts steps that are not planned', () => {
    const exact = { success: { p95: 20, max: 20 } };
    const strayed = (runner: string, step: string) =>
      sampleReport(
        { changes: { runner, steps: { [step]: tallyOf(1, { created: [20] }) } } },
        { context: { exact } },
      );
    const merged = mergeReports([strayed('1', 'zebra'), strayed('2', 'ant')]);
    expect(merged.latencyMs.success.exact).toBeUndefined();
    expect(merged.latencyMs.success.maxIsBound).toBe(true);
    expect(merged.steps.map(({ name }) => name)).toEqual(['steady', 'ant', 'zebra']);
  });

  it('is saturated as soon as one generator is', () => {
    const context = { generator: { cpuSeconds: 1, peakRssBytes: 1, saturatedWhy: 'no CPU left' } };
    const merged = mergeReports([
      sampleReport(),
      sampleReport({ changes: { runner: '2' } }, { context }),
    ]);
    expect(merged.generator).toMatchObject({ saturated: true, cpuSeconds: 2 });
    expect(merged.run.verdict).toBe('invalid');
  });

  it('adds up what was not sent and how late orders were, also by step', () => {
    const of = (runner: string, dropped: NotSent, lateMs: number) =>
      sampleReport({ dropped, lateness: Array(1000).fill(lateMs), changes: { runner } });
    const { generator, steps } = mergeReports([
      of('1', { inFlight: 2, ports: 3 }, 1),
      of('2', { inFlight: 4 }, 40),
    ]);
    const notSent = [
      { why: 'inFlight', orders: 6 },
      { why: 'ports', orders: 3 },
    ];
    expect(generator).toMatchObject({ dropped: 9, notSent });
    expect(steps[0]).toMatchObject({ dropped: 9, notSent });
    for (const lateness of [generator.latenessMs, steps[0]?.latenessMs]) {
      expect(lateness?.count).toBe(2000);
      expect(lateness?.p90).toBeGreaterThan(39);
    }
  });

  it('was held back as much as the runner that was held back the most', () => {
    const generator = { cpuSeconds: 1, peakRssBytes: 1 };
    const held = (runner: string, heldBack?: { quotaMs: number | null; pressureShare: number }) =>
      sampleReport(
        { changes: { runner } },
        { context: { generator: heldBack === undefined ? generator : { ...generator, heldBack } } },
      );
    const merged = mergeReports([
      held('1', { quotaMs: null, pressureShare: 0.4 }),
      held('2'),
      held('3', { quotaMs: 70, pressureShare: 0.1 }),
    ]);
    expect(merged.generator.heldBack).toEqual({ quotaMs: 70, pressureShare: 0.4 });
    expect(mergeReports([held('1'), held('2')]).generator).not.toHaveProperty('heldBack');
  });

  it.each([
    ['run ids', { plan: { run: 'r2' } }],
    ['scenarios', { plan: { scenario: 'spike' } }],
    ['plans', { plan: { maxInFlight: 9 } }],
    ['plans', { plan: { clients: 2 } }],
    ['plans', { plan: { arrivals: { kind: 'poisson' } as const } }],
    ['plans', { plan: { retryRatio: 0.5 } }],
    ['targets', { plan: { target: 'https://other.example.com' } }],
    ['seeds', { plan: { seed: 8 } }],
  ])('refuses reports of different %s in one line', (what, changes) => {
    const other = sampleReport({ changes: { runner: '2' } }, changes);
    expect(() => mergeReports([sampleReport(), other])).toThrow(`Reports of different ${what}`);
  });

  it('refuses the same runner twice, and nothing at all', () => {
    expect(() => mergeReports([sampleReport(), sampleReport()])).toThrow('count twice');
    expect(() => mergeReports([])).toThrow('no report to merge');
  });
});
