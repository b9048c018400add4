import { describe, expect, it } from 'vitest';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { mergeReports } from '../../../lib/questions/merge-reports.ts';
import { capacityText } from '../../../lib/questions/ramp/text.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { reportSchema } from '../../../lib/questions/report-schema.ts';
import { rampReport, throttling } from '../../core/judge/sample-steps.ts';

function capacityOf(report: AnsweredReport) {
  const { capacity } = answerReport(report).answers;
  if (capacity === undefined) throw new Error('no answer');
  return capacity;
}

describe('concurrency at capacity', () => {
  it('is the rate times the client’s latency where no handler told its own', () => {
    const capacity = capacityOf(rampReport(throttling(100)));
    expect(capacity.concurrency).toMatchObject({ ratePerSecond: 88.9, duration: 'client' });
    expect(capacity.concurrency?.value).toBeCloseTo(88.9 * 0.02, 1);
    expect(capacity.accountLimit).toMatchObject({ concurrency: 1000, source: 'assumed' });
    expect(capacity.accountLimit?.ratePerSecond).toBeCloseTo(50_000, -3);
  });

  it('is held against the limit that the deployment has', () => {
    const report = rampReport(throttling(100));
    const target = { ...report.target, concurrencyLimit: 2 };
    const { accountLimit } = capacityOf({ ...report, target });
    expect(accountLimit).toMatchObject({ concurrency: 2, source: 'deployment' });
    expect(accountLimit?.ratePerSecond).toBeCloseTo(100, -1);
  });

  it('says what the limit does to random arrivals at that rate, where one is known', () => {
    const report = rampReport(throttling(100), { handlerMs: () => 15 });
    expect(capacityOf(report)).not.toHaveProperty('randomArrivals');
    const limited = { ...report, target: { ...report.target, concurrencyLimit: 2 } };
    const capacity = capacityOf(limited);
    const { concurrency, randomArrivals } = capacity;
    expect(randomArrivals).toMatchObject({
      ...{ concurrency: 2, ratePerSecond: 88.9, durationMs: concurrency?.durationMs },
    });
    // 1.33 erlangs on two places: a² / 2 / (1 + a + a² / 2).
    const load = concurrency?.value ?? 0;
    expect(randomArrivals?.refusedRatio).toBeCloseTo(load ** 2 / 2 / (1 + load + load ** 2 / 2), 9);
    expect(capacityText(capacity, limited).lines).toContain(randomArrivals?.why);
    expect(reportSchema.safeParse(answerReport(limited)).error).toBeUndefined();
    expect(capacityOf(mergeReports([limited])).randomArrivals).toEqual(randomArrivals);
  });

  it('says nothing of random arrivals where no rate held', () => {
    const report = rampReport(throttling(5));
    const limited = { ...report, target: { ...report.target, concurrencyLimit: 2 } };
    expect(capacityOf(limited)).not.toHaveProperty('randomArrivals');
  });

  it('is the rate times the handler’s mean in that step, without what overload did to the others', () => {
    const report = rampReport(throttling(100), { handlerMs: (rate) => (rate > 100 ? 900 : 15) });
    expect(report.lambda.handlerMs?.mean).toBeGreaterThan(400);
    const { concurrency } = capacityOf(report);
    expect(concurrency).toMatchObject({ duration: 'handler', span: 'step' });
    expect(concurrency?.value).toBeCloseTo(88.9 * 0.015, 1);
    expect(capacityOf(mergeReports([report])).concurrency).toEqual(concurrency);
  });

  it('is that of the whole run, and says so, in a report that does not know it by step', () => {
    const report = rampReport(throttling(100), { handlerMs: () => 15 });
    const steps = report.steps.map(({ handlerMs: _, ...step }) => step);
    const capacity = capacityOf({ ...report, steps });
    expect(capacity.concurrency).toMatchObject({ duration: 'handler', span: 'run' });
    expect(capacityText(capacity, report).lines.join()).toContain(
      'mean handler duration 15.1 ms over the whole run',
    );
  });
});
