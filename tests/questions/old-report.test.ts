import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS, renderReportFiles } from '../../lib/core/render/report-files.ts';
import { answerReport } from '../../lib/questions/answer-report.ts';
import { mergeReports } from '../../lib/questions/merge-reports.ts';
import { parseReport } from '../../lib/questions/parse-report.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import { rampReport, throttling } from '../core/judge/sample-steps.ts';
import { simulateBurst, well } from './spike/simulated-burst.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/report-v1.0.json');
const fixture = (): AnsweredReport => parseReport(readFileSync(FIXTURE, 'utf8'), FIXTURE);

const PAGE = { script: '', scriptHash: '', style: '', styleHash: '' };

/** A report as it was before orders were started by an event loop. */
function older(report: AnsweredReport): AnsweredReport {
  const { arrivals: _a, maxInFlight: _m, inFlightBound: _b, clients: _c, ...load } = report.load;
  const { notSent: _n, latenessMs: _l, peakInFlight: _p, ...generator } = report.generator;
  const steps = report.steps.map(({ notSent: _, latenessMs: __, ...step }) => step);
  const windows = report.windows.map(({ inFlight: _, ...window }) => window);
  return { ...report, load, generator, steps, windows };
}

const asRunner = (report: AnsweredReport, name: string): AnsweredReport => ({
  ...report,
  run: { ...report.run, runners: report.run.runners.map((runner) => ({ ...runner, name })) },
});
const twice = (report: AnsweredReport) =>
  mergeReports([asRunner(report, '1'), asRunner(report, '2')]);

describe('a report of version 1.0', () => {
  it('is rendered, and what it cannot know is not made up', () => {
    const files = renderReportFiles(fixture(), REPORT_FORMATS, PAGE);
    for (const { name, text } of files) {
      expect(text.length, name).toBeGreaterThan(100);
      expect(text, name).not.toMatch(/\bundefined\b|\bNaN\b/);
      expect(text, name).not.toMatch(/at most 0 in flight|after they were due/);
    }
  });

  it('is merged, and nothing is said of arrivals, lateness and orders in flight', () => {
    const merged = twice(fixture());
    expect(merged.requests.total).toBe(2 * fixture().requests.total);
    expect(merged.load.arrivals).toBeUndefined();
    expect(merged.load.maxVUs).toBe(fixture().load.maxVUs);
    expect(merged.generator).not.toHaveProperty('latenessMs');
    expect(merged.generator).not.toHaveProperty('peakInFlight');
    expect(mergeReports([merged])).toEqual(merged);
  });

  it('is not merged with one whose orders came at random', () => {
    const other = asRunner(fixture(), '2');
    const random = { ...other, load: { ...other.load, arrivals: { kind: 'poisson' as const } } };
    expect(() => mergeReports([fixture(), random])).toThrow('Reports of different plans');
  });

  it('keeps what was dropped by step, for want of a free virtual user', () => {
    const [step, ...others] = fixture().steps;
    if (step === undefined) throw new Error('no step');
    const { load, generator, requests } = fixture();
    const merged = twice({
      ...fixture(),
      load: { ...load, dropped: 7, offered: load.sent + 7 },
      requests: { ...requests, dropped: 7, offered: requests.total + 7 },
      generator: { ...generator, dropped: 7 },
      steps: [{ ...step, dropped: 7 }, ...others],
    });
    expect(merged.requests.dropped).toBe(14);
    expect(merged.steps[0]?.dropped).toBe(14);
    expect(merged.generator.notSent).toEqual([{ why: 'virtualUsers', orders: 14 }]);
  });
});

describe('an older report', () => {
  it('of a ramp has its answer, also merged: orders that are missing were dropped', () => {
    // A hundred of 3000 orders of the last step were dropped, of which the report says only how many.
    const ramp = older(rampReport(throttling(1000)));
    const steps = ramp.steps.map((step) =>
      step.name === 'step-8'
        ? {
            ...step,
            started: step.started - 100,
            outcomes: { ...step.outcomes, created: step.outcomes.created - 100 },
          }
        : step,
    );
    const lost = { ...ramp, steps, load: { ...ramp.load, dropped: 100 } };
    const judged = (report: AnsweredReport) => answerReport(report).answers.capacity?.steps.at(-1);
    expect(judged(lost)?.offered).toBe(judged(ramp)?.offered);
    expect(judged(mergeReports([lost]))).toEqual(judged(lost));
  });

  it('of a burst counts what was dropped by its windows, also merged', () => {
    const burst = older(simulateBurst(well));
    const windows = burst.windows.map((window) => ({
      ...window,
      dropped: window.startOffsetMs > 7000 && window.startOffsetMs < 8500 ? 4 : 0,
    }));
    const report = { ...burst, windows };
    const lost = (one: AnsweredReport) => answerReport(one).answers.burst?.lost.inBurst.dropped;
    expect(lost(report)).toBeGreaterThan(0);
    expect(lost(mergeReports([report]))).toBe(lost(report));
  });
});
