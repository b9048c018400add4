import { describe, expect, it } from 'vitest';
import { stepEvidence } from '../../../lib/core/judge/step-evidence.ts';
import { latencyStatsOf } from '../../../lib/core/report/latency-stats.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { fromValues } from '../histogram/from-values.ts';
import { repeat } from '../report/sample-run.ts';
import { rampReport, throttling } from './sample-steps.ts';

type Step = AnsweredReport['steps'][number];

/** The report with other figures of the step at 133/s, the first that misses where 100/s are served. */
function withStep(report: AnsweredReport, change: (step: Step) => Partial<Step>): AnsweredReport {
  const steps = report.steps.map((step) =>
    step.name === 'step-7' ? { ...step, ...change(step) } : step,
  );
  return { ...report, steps };
}

const evidenceOf = (report: AnsweredReport, name = 'step-7') =>
  stepEvidence(report).find((step) => step.name === name);
const capacityOf = (report: AnsweredReport) => answerReport(report).answers.capacity;
const punctual = latencyStatsOf(fromValues(repeat(2000, 0)));

describe('the evidence of a step', () => {
  it('holds what was not sent in it, and of no other', () => {
    const report = withStep(rampReport(throttling(100)), () => ({ dropped: 50 }));
    expect(evidenceOf(report)?.dropped).toBe(50);
    expect(evidenceOf(report, 'step-6')?.dropped).toBe(0);
    const lacking = withStep(rampReport(throttling(100)), ({ started }) => ({
      started: started - 80,
    }));
    const elsewhere = { ...lacking, load: { ...lacking.load, dropped: 500 } };
    expect(evidenceOf(elsewhere)?.dropped).toBe(0);
  });

  it('of an older report holds the orders that it lacks, as far as so many were dropped', () => {
    const { load, ...rest } = withStep(rampReport(throttling(100)), ({ started }) => ({
      started: started - 80,
    }));
    const { arrivals: _, ...older } = load;
    const dropped = (all: number) =>
      evidenceOf({ ...rest, load: { ...older, dropped: all } })?.dropped;
    expect(dropped(0)).toBe(0);
    expect(dropped(30)).toBe(30);
    expect(dropped(500)).toBeGreaterThanOrEqual(80);
    expect(dropped(500)).toBeLessThan(82);
  });

  it('holds how late its orders were started, where that is known', () => {
    const report = withStep(rampReport(throttling(100)), () => ({ latenessMs: punctual }));
    expect(evidenceOf(report)?.lateness).toEqual(punctual.histogram);
    expect(evidenceOf(report, 'step-6')?.lateness).toEqual(fromValues([]));
  });

  it('has no fault of a busy generator that is known to have started all on time', () => {
    const report = rampReport(throttling(100));
    const busy = { ...report.generator, saturated: true, why: 'k6 used all CPU' };
    expect(evidenceOf({ ...report, generator: busy })?.generatorFault).toBe('k6 used all CPU');
    const generator = { ...busy, latenessMs: punctual };
    expect(evidenceOf({ ...report, generator })?.generatorFault).toBeNull();
    expect(capacityOf({ ...report, generator })).toMatchObject({ limit: 'throttled' });
  });
});

describe('a ramp whose generator could not send all', () => {
  it('is not determined where that may be all that the step missed', () => {
    const report = withStep(rampReport(throttling(1000)), ({ started, outcomes }) => ({
      started: started - 400,
      outcomes: { ...outcomes, created: outcomes.created - 400 },
      dropped: 400,
    }));
    const upToIt = { ...report, steps: report.steps.filter(({ name }) => name !== 'step-8') };
    expect(answerReport(upToIt).run.verdict).toBe('invalid');
    expect(capacityOf(upToIt)).toMatchObject({
      ...{ status: 'notDetermined', limit: 'generator', interval: { low: 88.9, high: null } },
    });
    // A higher rate that held makes it something that passes.
    expect(capacityOf(report)?.status).toBe('notReached');
    expect(capacityOf(upToIt)?.why).toContain('20% dropped (400 of 1,995 orders)');
  });

  it('is determined where the step misses even at best', () => {
    const report = withStep(rampReport(throttling(100)), ({ started, outcomes }) => ({
      started: started - 100,
      outcomes: { ...outcomes, throttled: outcomes.throttled - 100 },
      dropped: 100,
    }));
    expect(capacityOf(report)).toMatchObject({ status: 'determined', limit: 'throttled' });
  });
});
