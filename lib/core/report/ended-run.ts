import { durationSeconds } from '../load/stages.ts';
import { renderDuration } from '../text/parse-duration.ts';
import type { NextStep } from '../text/statement.ts';
import type { Evidence } from './evidence.ts';
import { type OptionChanges, runCommand } from './run-command.ts';
import type { Report } from './schema/report-schema.ts';

/** A finished run, as the rules for what to do next see it. */
export interface EndedRun {
  readonly report: Report;
  readonly evidence: Evidence;
}

/** A step whose command is that of the run, with some options changed. */
export function runAgain(report: Report, text: string, changes: OptionChanges = {}): NextStep {
  return { text, command: runCommand(report, changes) };
}

/** A step with a longer load: `factor` times as long, rounded up to whole seconds. A recording has its own length. */
export function runLonger(report: Report, text: string, factor: number): NextStep {
  if (report.load.arrivals?.kind === 'recorded') return { text, command: null };
  const seconds = Math.ceil(durationSeconds(report.load.stages) * factor);
  return runAgain(report, text, { duration: renderDuration(roundUp(seconds) * 1000) });
}

/** A step with another peak rate. A recording has its own. */
export function runAtRate(report: Report, text: string, ratePerSecond: number): NextStep {
  if (report.load.arrivals?.kind === 'recorded') return { text, command: null };
  return runAgain(report, text, { rate: rateText(ratePerSecond) });
}

/** A rate as the value of a flag, as it is shown: with three digits, and whole from 100 on. */
export function rateText(perSecond: number): string {
  return String(perSecond >= 100 ? Math.round(perSecond) : Number(perSecond.toPrecision(3)));
}

/** Seconds as a person would choose them: whole tens above half a minute, whole minutes above five. */
function roundUp(seconds: number): number {
  const unit = seconds > 300 ? 60 : seconds > 30 ? 10 : 1;
  return Math.ceil(seconds / unit) * unit;
}
