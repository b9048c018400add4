import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { answerReport } from '../../lib/questions/answer-report.ts';
import { mergeReports } from '../../lib/questions/merge-reports.ts';
import { parseReport } from '../../lib/questions/parse-report.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import { reportOfSimulatedSoak } from '../../studies/drift/simulated-soak.ts';
import { rampReport, throttling } from '../core/judge/sample-steps.ts';
import { repeat, sampleReport } from '../core/report/sample-run.ts';
import { abReport, slowerB } from '../questions/ab/sample-ab-report.ts';
import { brokenUntil, simulateBurst, well } from '../questions/spike/simulated-burst.ts';
import { seriesReport } from './sample-series.ts';

/** Reports of real runs, as `npm run load` wrote them. */
const RECORDED = join(import.meta.dirname, '../fixtures/pages');

export interface NamedReport {
  readonly name: string;
  readonly report: AnsweredReport;
}

let recorded: readonly NamedReport[] | undefined;

/** Reports of real runs: every scenario, and every verdict. */
export function recordedReports(): readonly NamedReport[] {
  recorded ??= readdirSync(RECORDED)
    .filter((file) => file.endsWith('.json.gz'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.json.gz'.length),
      report: judgedAgain(
        parseReport(gunzipSync(readFileSync(join(RECORDED, file))).toString(), file),
      ),
    }));
  return recorded;
}

/** The report with the verdict, the reasons and the answers that the code of now gives its figures. */
function judgedAgain(report: AnsweredReport): AnsweredReport {
  const { verdict, reasons } = mergeReports([report]).run;
  return answerReport({ ...report, run: { ...report.run, verdict, reasons } });
}

/** The recorded report of that name. */
export function recordedReport(name: string): AnsweredReport {
  const found = recordedReports().find((one) => one.name === name);
  if (found === undefined) throw new Error(`tests/fixtures/pages has no ${name}.json.gz`);
  return found.report;
}

let generated: readonly NamedReport[] | undefined;

/** Reports that the code of now makes of simulated runs: all texts in them are of now. */
export function generatedReports(): readonly NamedReport[] {
  generated ??= Object.entries(GENERATED).map(([name, make]) => ({
    name: `generated ${name}`,
    report: make(),
  }));
  return generated;
}

const GENERATED: Readonly<Record<string, () => AnsweredReport>> = {
  pass: () => answerReport(sampleReport()),
  fail: () => seriesReport() as AnsweredReport,
  'slow p95': () => answerReport(sampleReport({ latencies: { created: repeat(1000, 150) } })),
  'nothing sent': () => answerReport(sampleReport({ latencies: {}, started: 0 })),
  'cut off': () => answerReport(sampleReport({ changes: { ended: false } })),
  dropping: () =>
    answerReport(sampleReport({ latencies: { created: repeat(900, 20) }, dropped: 100 })),
  ramp: () => answerReport(rampReport(throttling(100))),
  'ramp below its first step': () => answerReport(rampReport(throttling(5))),
  'ramp that nothing stopped': () => answerReport(rampReport(throttling(1000))),
  breakpoint: () => answerReport(rampReport(throttling(100), { scenario: 'breakpoint' })),
  'breakpoint that broke nothing': () =>
    answerReport(rampReport(throttling(1000), { scenario: 'breakpoint' })),
  spike: () => simulateBurst(well),
  'broken spike': () =>
    simulateBurst(brokenUntil(14_000, () => ({ latencyMs: 5, outcome: 'throttled' }))),
  'short soak': () =>
    answerReport(
      reportOfSimulatedSoak({ seed: 1, hours: 1 / 60, ratePerSecond: 20, driftPercentPerHour: 0 }),
    ),
  'drifting soak': () =>
    answerReport(
      reportOfSimulatedSoak({ seed: 1, hours: 4, ratePerSecond: 20, driftPercentPerHour: 12 }),
    ),
  ab: () => abReport(slowerB),
};

/** The recorded reports, then the generated ones. */
export function allReports(): readonly NamedReport[] {
  return [...recordedReports(), ...generatedReports()];
}
