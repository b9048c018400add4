import { describe, expect, it } from 'vitest';
import type { Refinement } from '../../../lib/core/report/schema/refinement-schema.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { mergeReports } from '../../../lib/questions/merge-reports.ts';
import { MAX_STEP_SECONDS, nextRefinement } from '../../../lib/questions/ramp/next-refinement.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { reportSchema } from '../../../lib/questions/report-schema.ts';
import { rampReport, type Target, throttling } from '../../core/judge/sample-steps.ts';
import { repeat, sampleReport } from '../../core/report/sample-run.ts';

function capacityOf(report: AnsweredReport) {
  const { capacity } = answerReport(report).answers;
  if (capacity === undefined) throw new Error('no answer');
  return capacity;
}

/** The report with the steps that a wrapper would add, made by the same target. */
function refined(target: Target, report: AnsweredReport, count: number): AnsweredReport {
  let current = report;
  for (let i = 0; i < count; i++) {
    const step = nextRefinement(current);
    if (step === null) break;
    const [of] = rampReport(target).steps;
    const orders = Math.round(step.ratePerSecond * step.seconds * 0.75);
    const outcomes = target(step.ratePerSecond, orders);
    const served = outcomes.created?.length ?? 0;
    const refinement: Refinement = {
      name: step.name,
      runId: 'r1-r1',
      startedAt: '2026-11-20T10:05:00.000Z',
      ratePerSecond: step.ratePerSecond,
      settlingSeconds: step.seconds * 0.25,
      durationSeconds: step.seconds * 0.75,
      started: orders,
      dropped: 0,
      peakVUs: 10,
      saturated: false,
      invalidReasons: [],
      step: {
        ...(of as AnsweredReport['steps'][number]),
        name: step.name,
        started: orders,
        unresolved: 0,
        outcomes: {
          ...(of as AnsweredReport['steps'][number]).outcomes,
          created: served,
          throttled: orders - served,
          serverError: 0,
        },
        success: (rampReport(throttling(1e6)).steps[15] as AnsweredReport['steps'][number]).success,
      },
    };
    current = { ...current, refinements: [...(current.refinements ?? []), refinement] };
  }
  return current;
}

describe('a ramp', () => {
  it('finds capacity between the last step that held and the first that did not', () => {
    const report = answerReport(rampReport(throttling(100)));
    expect(report.run.verdict).toBe('pass');
    expect(report.run.reasons[0]).toBe(
      'Highest rate that held: 88.9/s; 133/s did not: 25% throttled (495 of 1,995 orders).',
    );
    expect(report.answers.capacity).toMatchObject({
      status: 'determined',
      ratePerSecond: 88.9,
      interval: { low: 88.9, high: 133 },
      limit: 'throttled',
      notes: [],
    });
    expect(report.answers.capacity?.steps.map(({ ok }) => ok)).toEqual([
      ...[true, true, true, true, true, true],
      ...[false, false],
    ]);
    expect(reportSchema.safeParse(report).error).toBeUndefined();
  });

  it('does not hold the later steps against the run, nor what settles', () => {
    const { run, requests } = answerReport(rampReport(throttling(100)));
    expect(requests.successRatio).toBeLessThan(0.7);
    expect(run.verdict).toBe('pass');
  });

  it('says at least where every step held', () => {
    const report = answerReport(rampReport(throttling(1000)));
    expect(report.run.verdict).toBe('pass');
    expect(report.answers.capacity).toMatchObject({
      status: 'notReached',
      ratePerSecond: null,
      interval: { low: 200, high: null },
      limit: null,
    });
    expect(report.run.reasons[0]).toBe('Every rate held, up to 200/s.');
  });

  it('fails where even the first step missed', () => {
    const report = answerReport(rampReport(throttling(5)));
    expect(report.run.verdict).toBe('fail');
    expect(report.answers.capacity).toMatchObject({
      status: 'belowFirstStep',
      ratePerSecond: null,
      interval: { low: null, high: 11.7 },
      limit: 'throttled',
      concurrency: null,
    });
  });

  it('proves nothing where the generator gave out first, but says how far it came', () => {
    const late: Target = (rate, orders) => ({
      created: repeat(rate > 100 ? Math.round(orders * 0.8) : orders, 20),
    });
    const report = answerReport(generatorLate(rampReport(late)));
    expect(report.run.verdict).toBe('invalid');
    expect(report.answers.capacity).toMatchObject({
      status: 'notDetermined',
      ratePerSecond: null,
      interval: { low: 88.9, high: null },
      limit: 'generator',
    });
    expect(report.run.reasons.join(' ')).toContain('88.9/s held.');
  });

  it('believes what a step missed before the generator was at its limit, and nothing after', () => {
    const report = rampReport(throttling(100));
    const startMs = Date.parse(report.run.loadStartedAt ?? '');
    const saturated = (seconds: number) => ({
      ...report,
      generator: {
        ...report.generator,
        saturated: true,
        why: 'k6 used all CPU',
        saturatedAt: new Date(startMs + seconds * 1000).toISOString(),
      },
    });
    // The first step that missed lasts from 120 to 140 s.
    expect(capacityOf(saturated(143)).limit).toBe('throttled');
    expect(capacityOf(saturated(139)).limit).toBe('generator');
    const { saturatedAt: _, ...unknown } = saturated(159).generator;
    expect(capacityOf({ ...report, generator: unknown }).limit).toBe('generator');
  });

  it('does not speak of the SLO of the whole run, even where it proves nothing', () => {
    const { run } = sampleReport(
      { latencies: { created: repeat(500, 20), throttled: repeat(500, 2) } },
      { plan: { scenario: 'ramp' }, context: { telemetryFaults: ['cut off'] } },
    );
    expect(run.reasons).toEqual([expect.stringContaining('cut off')]);
  });

  it('is invalid where its telemetry is cut off, whatever the steps say', () => {
    const report = rampReport(throttling(100));
    const { run } = answerReport({
      ...report,
      run: { ...report.run, verdict: 'invalid', reasons: ['cut off'] },
    });
    expect(run).toMatchObject({ verdict: 'invalid', reasons: ['cut off'] });
  });

  it('passes over a step that failed by something that passes, and widens the interval', () => {
    const blip: Target = (rate, orders) =>
      rate > 55 && rate < 60
        ? { created: repeat(orders - 40, 20), serverError: repeat(40, 5) }
        : throttling(100)(rate, orders);
    expect(capacityOf(rampReport(blip))).toMatchObject({
      status: 'determined',
      ratePerSecond: 88.9,
      interval: { low: 39.5, high: 133 },
      notes: [expect.stringContaining('59.3/s (step 5) did not hold, although a higher rate did')],
    });
  });

  it('that was given up after a collapse keeps its answer', () => {
    const dead: Target = (rate, orders) =>
      rate < 100
        ? { created: repeat(orders, 20) }
        : { created: repeat(10, 20), timeout: repeat(orders - 10, 5000) };
    const abortReason = 'the target has collapsed';
    const report = answerReport(
      rampReport(dead, { status: 'aborted', abortReason, loadedSeconds: 137 }),
    );
    expect(report.run.verdict).toBe('pass');
    expect(report.answers.capacity).toMatchObject({
      status: 'determined',
      ratePerSecond: 88.9,
      limit: 'latency',
    });
    expect(report.answers.capacity?.steps).toHaveLength(7);
    expect(report.answers.capacity?.notes.join()).toContain(abortReason);
  });

  it('that was interrupted does not judge the step it was cut in by what held so far', () => {
    const report = rampReport(throttling(1000), { status: 'interrupted', loadedSeconds: 97 });
    expect(capacityOf(report).steps.map(({ name }) => name)).toEqual([
      ...['step-1', 'step-2', 'step-3', 'step-4'],
    ]);
  });
});

/** Orders that were planned for the steps above 100/s and never came. */
function generatorLate(report: AnsweredReport): AnsweredReport {
  return {
    ...report,
    steps: report.steps.map((step) =>
      (step.plannedRate ?? 0) > 100 ? { ...step, started: step.outcomes.created } : step,
    ),
  };
}

describe('refinement', () => {
  it.each([35.3, 61, 97, 100, 131, 180])('comes within 3%% of %d/s', (truth) => {
    const target = throttling(truth);
    const capacity = capacityOf(refined(target, rampReport(target), 10));
    expect(capacity.status).toBe('determined');
    // One in a hundred may fail.
    const sloTruth = truth / 0.99;
    expect(capacity.ratePerSecond ?? 0).toBeLessThanOrEqual(sloTruth * 1.001);
    expect(capacity.ratePerSecond ?? 0).toBeGreaterThan(sloTruth / 1.035);
    expect(capacity.interval.high ?? 0).toBeGreaterThan(sloTruth * 0.999);
  });

  it('takes the geometric middle, and long enough to tell', () => {
    expect(nextRefinement(rampReport(throttling(100)))).toEqual({
      name: 'refine-1',
      ratePerSecond: 109,
      seconds: 20,
    });
    const slow = nextRefinement(rampReport(throttling(14)));
    expect((slow?.seconds ?? 0) * 0.75 * (slow?.ratePerSecond ?? 0)).toBeGreaterThan(760);
  });

  it('takes four times as many orders where they come at random', () => {
    const even = rampReport(throttling(14));
    const random = { ...even, load: { ...even.load, arrivals: { kind: 'poisson' } as const } };
    const seconds = (report: AnsweredReport) => nextRefinement(report)?.seconds ?? 0;
    expect(seconds(random)).toBe(MAX_STEP_SECONDS);
    const faster = rampReport(throttling(100));
    const fasterRandom = { ...faster, load: { ...faster.load, arrivals: random.load.arrivals } };
    const orders = (report: AnsweredReport) => 0.75 * 109 * seconds(report);
    expect(orders(fasterRandom)).toBeGreaterThan(4 * 760);
    expect(orders(faster)).toBeLessThan(4 * 760);
  });

  it('ends by failing twice at the rate above', () => {
    const target = throttling(100);
    const report = refined(target, rampReport(target), 10);
    const { steps, ratePerSecond } = capacityOf(report);
    const above = steps.filter((step) => step.ratePerSecond > (ratePerSecond ?? 0));
    expect(above[1]?.ratePerSecond).toBe(above[0]?.ratePerSecond);
    expect(nextRefinement(report)).toBeNull();
  });

  it.each([
    ['no step held', rampReport(throttling(5))],
    ['none failed', rampReport(throttling(1000))],
  ])('has nothing to do where %s', (_, report) => {
    expect(nextRefinement(report)).toBeNull();
  });

  it('survives the merging of a report', () => {
    const report = refined(throttling(100), rampReport(throttling(100)), 2);
    const merged = mergeReports([report]);
    expect(merged.refinements).toEqual(report.refinements);
    expect(capacityOf(merged)).toEqual(capacityOf(report));
  });
});
