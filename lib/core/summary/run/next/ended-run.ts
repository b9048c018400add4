import { questionOf } from '../../../../questions/registry.ts';
import type { AnsweredReport } from '../../../../questions/report-schema.ts';
import { PLAIN_TRAITS } from '../../../load/question-profile.ts';
import { durationSeconds } from '../../../load/stages.ts';
import { type Evidence, evidenceOf } from '../../../report/evidence.ts';
import { type OptionChanges, runCommand } from '../../../report/run-command.ts';
import { renderDuration } from '../../../text/parse-duration.ts';
import type { NextStep } from '../../../text/statement.ts';

/** A finished run, as the rules for what to do next see it. */
export interface EndedRun {
  readonly report: AnsweredReport;
  readonly evidence: Evidence;
}

export function endedRun(report: AnsweredReport): EndedRun {
  const traits = questionOf(report.run.scenario)?.profile.traits ?? PLAIN_TRAITS;
  return { report, evidence: evidenceOf(report, traits) };
}

/** Highest planned rate in orders per second. */
export function peakRate({ load }: Pick<AnsweredReport, 'load'>): number {
  return Math.max(0, ...load.stages.flatMap(({ fromRate, toRate }) => [fromRate, toRate]));
}

/** A step whose command is that of the run, with some options changed. */
export function runAgain(
  report: AnsweredReport,
  text: string,
  changes: OptionChanges = {},
): NextStep {
  return { text, command: runCommand(report, changes) };
}

/** A step with a longer load: `factor` times as long, rounded up to whole seconds. A recording has its own length. */
export function runLonger(report: AnsweredReport, text: string, factor: number): NextStep {
  if (report.load.arrivals?.kind === 'recorded') return { text, command: null };
  const seconds = Math.ceil(durationSeconds(report.load.stages) * factor);
  return runAgain(report, text, { duration: renderDuration(roundUp(seconds) * 1000) });
}

/** A step with another peak rate. A recording has its own. */
export function runAtRate(report: AnsweredReport, text: string, ratePerSecond: number): NextStep {
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
