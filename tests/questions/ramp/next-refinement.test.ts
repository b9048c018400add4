import { describe, expect, it } from 'vitest';
import { type Step, stagesOfStep } from '../../../lib/core/load/staircase.ts';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import type { Refinement } from '../../../lib/core/report/schema/refinement-schema.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { refinementOf } from '../../../lib/questions/ramp/next-refinement.ts';
import { reportSchema } from '../../../lib/questions/report-schema.ts';
import { rampReport, type Target, throttling } from '../../core/judge/sample-steps.ts';
import {
  type Latencies,
  repeat,
  sampleContext,
  samplePlan,
  sampleRunner,
  tallyOf,
} from '../../core/report/sample-run.ts';

const COLLAPSED = 'the target has collapsed';
/** 25 s of settling, then 75 s. */
const STEP: Step = { name: 'refine-1', ratePerSecond: 109, seconds: 100 };

/** What a refinement that the suite stopped after some seconds left behind. */
function stopped(loadedSeconds: number, latencies: Latencies, inFlight: number): Refinement | null {
  const settledOrders = Math.round(109 * Math.min(25, loadedSeconds));
  const ended = Object.values(latencies).reduce((sum, values) => sum + values.length, 0);
  const settling = tallyOf(settledOrders, { created: repeat(settledOrders, 20) });
  const step = tallyOf(ended + inFlight, latencies);
  const window = { startOffsetMs: 0, dropped: 0, cold: 0, vus: 1, inFlight: 9, started: 1 };
  const runner = sampleRunner({
    changes: {
      steps: { 'refine-1-settling': settling, ...(ended > 0 && { 'refine-1': step }) },
      windows: [0, loadedSeconds - 1].map((second) => ({
        ...window,
        startOffsetMs: second * 1000,
        lengthMs: 1000,
        latencyByOutcome: {},
      })),
    },
  });
  return refinementOf(
    STEP,
    buildReport({
      plan: samplePlan({ scenario: 'ramp', run: 'r1-r1', stages: stagesOfStep(STEP) }),
      runners: [runner],
      context: sampleContext({
        status: 'aborted',
        abortReason: COLLAPSED,
        k6: { exitCode: 105, signal: null, exceptions: [] },
      }),
    }),
  );
}

function answered(target: Target, refinement: Refinement | null) {
  if (refinement === null) throw new Error('no refinement');
  const report = answerReport({ ...rampReport(target), refinements: [refinement] });
  expect(reportSchema.safeParse(report).error).toBeUndefined();
  return report;
}

describe('a refinement that was stopped because the target collapsed', () => {
  it.each([
    ['errors', { created: repeat(20, 20), serverError: repeat(1600, 5) }],
    ['latency', { created: repeat(20, 20), timeout: repeat(1600, 5000) }],
  ] as const)('is the target’s doing: %s', (limit, latencies) => {
    const { run, answers } = answered(throttling(100), stopped(42, latencies, 300));
    expect(answers.capacity).toMatchObject({
      status: 'determined',
      ratePerSecond: 88.9,
      interval: { low: 88.9, high: 109 },
      limit,
    });
    expect(answers.capacity?.notes).toEqual([
      `109/s (refinement 1) was stopped early: ${COLLAPSED}`,
    ]);
    expect(run.verdict).toBe('pass');
  });

  it('says nothing where that was before its settling part had ended', () => {
    const { answers } = answered(throttling(100), stopped(20, {}, 0));
    expect(answers.capacity?.steps.some(({ name }) => name === 'refine-1')).toBe(false);
    expect(answers.capacity).toMatchObject({ ratePerSecond: 88.9, limit: 'throttled' });
    expect(answers.capacity?.notes).toHaveLength(1);
  });

  it('is whole where the target collapsed in its last moment', () => {
    expect(stopped(100, { created: repeat(20, 20) }, 0)).not.toHaveProperty('abortReason');
  });
});

it('judges a planned step that was cut short by what came to an end, not by what was in flight', () => {
  const dead: Target = (rate, orders) =>
    rate < 100
      ? { created: repeat(orders, 20) }
      : // The rest had not timed out when k6 was stopped.
        { created: repeat(10, 20), timeout: repeat(Math.round(orders / 2), 5000) };
  const shape = { status: 'aborted', abortReason: COLLAPSED, loadedSeconds: 137 } as const;
  const { answers } = answerReport(rampReport(dead, shape));
  expect(answers.capacity).toMatchObject({ status: 'determined', limit: 'latency' });
});
