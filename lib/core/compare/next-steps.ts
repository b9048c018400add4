import { AB } from '../../questions/ab/profile.ts';
import { abCommand, calibrateCommand, loadCommand } from '../../questions/load-command.ts';
import { blockOf } from '../load/ab-blocks.ts';
import type { ProfileName } from '../load/load-plan.ts';
import { durationSeconds } from '../load/stages.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { shellWord } from '../text/shell-word.ts';
import type { NextStep } from '../text/statement.ts';
import { FLOOR_RUNS } from '../trend/night-noise.ts';
import type { Blocker } from './comparability.ts';
import { LEAST_ROUNDS, LEAST_WINDOWS } from './compare-settings.ts';
import type { CompareVerdict, MetricComparison, WhyInconclusive } from './comparison.ts';
import type { ComparedAmount } from './reasons.ts';

interface Side {
  readonly name: string;
  readonly reports: readonly Report[];
}

export interface RunsCompared {
  readonly a: Side | null;
  readonly b: Side;
  /** Name that the user gave; null without a history. */
  readonly historyName: string | null;
  readonly verdict: CompareVerdict;
  readonly blockers: readonly Blocker[];
  readonly metrics: readonly MetricComparison[];
  readonly amount: ComparedAmount;
}

/** What to do next after a comparison of runs, most important first. */
export function runSteps(compared: RunsCompared): NextStep[] {
  const { a, b, verdict, blockers, metrics, historyName } = compared;
  switch (verdict) {
    case 'incomparable':
      return blockedSteps([...(a?.reports ?? []), ...b.reports], blockers, a?.reports[0]);
    case 'regress':
      return a === null && historyName !== null
        ? [
            {
              text: 'See since when it is so',
              command: `npm run trend -- --history ${shellWord(historyName)}`,
            },
          ]
        : [step('Open report.html of a run of B: its charts show when it was worse')];
    case 'inconclusive':
      return openSteps(compared, openWhys(metrics));
    default:
      return [];
  }
}

export interface DuetCompared {
  readonly report: Report;
  readonly verdict: CompareVerdict;
  readonly blockers: readonly Blocker[];
  readonly metrics: readonly MetricComparison[];
}

/** What to do next after a comparison of the arms of an ab run, most important first. */
export function duetSteps({ report, verdict, blockers, metrics }: DuetCompared): NextStep[] {
  switch (verdict) {
    case 'incomparable':
      return blockedSteps([report], blockers, undefined);
    case 'regress':
    case 'improve':
      return [
        step(
          'Before you act on a small effect, deploy both again and repeat the run',
          loadCommand(report),
        ),
      ];
    case 'inconclusive':
      return [moreRounds(report, metrics)];
    default:
      return [];
  }
}

/** A step as a text. */
export function stepText({ text, command }: NextStep): string {
  return command === null ? `${text}.` : `${text}: ${command}`;
}

export function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function step(text: string, command: string | null = null): NextStep {
  return { text, command };
}

function openWhys(metrics: readonly MetricComparison[]): readonly WhyInconclusive[] {
  const gated = metrics.filter(
    ({ gated: isGated, verdict }) => isGated && verdict === 'inconclusive',
  );
  const open = gated.length === 0 ? metrics : gated;
  return [...new Set(open.flatMap(({ why }) => why ?? []))];
}

function blockedSteps(
  reports: readonly Report[],
  blockers: readonly Blocker[],
  first: Report | undefined,
): NextStep[] {
  const has = (kind: Blocker['kind']) => blockers.some((blocker) => blocker.kind === kind);
  const last = reports[reports.length - 1];
  if (has('mixed')) return [step('Put runs of one load only into a folder')];
  if (has('target')) return [step('Compare targets of one kind: both on AWS, or both local')];
  if (has('load') && first !== undefined && last !== undefined) {
    const command = loadCommand(first, {}, last);
    return [step('Run B again with the load of A', command)];
  }
  if (has('version') && first !== undefined) {
    return [step('Run A again with the versions of B', loadCommand(first))];
  }
  const broken = reports.find(({ run }) => blockers.some(({ runId }) => runId === run.id));
  const again = broken ?? last;
  return again === undefined ? [] : [step(`Make run ${again.run.id} again`, loadCommand(again))];
}

function openSteps(compared: RunsCompared, whys: readonly WhyInconclusive[]): NextStep[] {
  const { a, b } = compared;
  const [of, to] = [a?.reports[0], b.reports[0]];
  if (to === undefined) return [];
  const has = (...some: readonly WhyInconclusive[]) => some.some((why) => whys.includes(why));
  if (has('too-few-windows')) {
    const longer = loadCommand(to, { durationMs: leastDurationMs(to) });
    return [step(`Run each side again for ${LEAST_WINDOWS} s or longer`, longer)];
  }
  if (of === undefined) return candidateSteps(compared, to, has('too-noisy'));
  if (has('no-noise-floor', 'short-history')) {
    return [...inTurn(of, to, 'standard'), ...noiseSteps(compared, of, to)];
  }
  if (has('too-noisy')) {
    const steps = inTurn(of, to, 'long');
    return steps.length > 0 ? steps : moreRuns(compared, to);
  }
  return [step('Send more orders: run each side again for longer', loadCommand(to, twice(to)))];
}

function candidateSteps(
  { amount, historyName }: RunsCompared,
  candidate: Report,
  isNoisy: boolean,
): NextStep[] {
  if (isNoisy) {
    return [
      step(
        'Deploy the version before beside this one and load both in turn with npm run load:ab: only there the noise of a night averages out',
      ),
    ];
  }
  const missing = Math.max(1, FLOOR_RUNS.least - amount.pastRuns);
  const more = missing === 1 ? 'one more run' : `${missing} more runs`;
  const dir = historyName === null ? {} : { history: historyName };
  return [step(`Add ${more} of this load to the history`, loadCommand(candidate, dir))];
}

/** Both targets in turn, in one run: it needs no history. */
function inTurn(a: Report, b: Report, profile: ProfileName): NextStep[] {
  const command = abCommand(a, b, profile);
  const { minutes } = sizeOfAb(profile);
  return command === null ? [] : [step(`Load both in turn, in one run of ${minutes} min`, command)];
}

const CALIBRATION = 'results/calibration';
const CALIBRATION_RUNS = 10;
/** What a run takes beside its load. */
const OVERHEAD_SECONDS = 8;

function noiseSteps({ a, b }: RunsCompared, of: Report, to: Report): NextStep[] {
  const calibrate = calibrateCommand(to);
  if (calibrate === null || a === null) return [];
  const seconds = CALIBRATION_RUNS * (durationSeconds(of.load.stages) + OVERHEAD_SECONDS);
  const again = `npm run compare -- ${shellWord(a.name)} ${shellWord(b.name)} --history ${CALIBRATION}`;
  return [
    step(
      `Measure how much runs differ by chance (${CALIBRATION_RUNS} runs, about ${Math.max(1, Math.round(seconds / 60))} min) and compare again`,
      `${calibrate} && ${again}`,
    ),
  ];
}

/** Five is what finds a change of 10% in most cases; docs/method/compare.md. */
const USUAL_RUNS = 5;

function moreRuns({ metrics, amount: { runsA, runsB } }: RunsCompared, b: Report): NextStep[] {
  const needed = metrics.flatMap(({ runsNeeded }) => runsNeeded ?? []);
  const runs = Math.max(USUAL_RUNS, Math.min(runsA, runsB) + 1, ...needed);
  const command = loadCommand(b);
  return [
    step(
      `Make ${runs} runs of A and ${runs} of B, in turn, in two folders, and compare those; for B`,
      command === null ? null : `for run in $(seq ${runs}); do ${intoFolder(command)}; done`,
    ),
  ];
}

/** The variable of the shell must not be quoted, as an option would be. */
function intoFolder(command: string): string {
  return `${command}${command.includes(' -- ') ? '' : ' --'} --out results/b/$run`;
}

function moreRounds(report: Report, metrics: readonly MetricComparison[]): NextStep {
  const needed = metrics.flatMap(({ runsNeeded }) => runsNeeded ?? []);
  const rounds = Math.max(LEAST_ROUNDS, ...needed);
  const profile: ProfileName =
    rounds <= sizeOfAb('standard').rounds && report.run.profile === 'quick' ? 'standard' : 'long';
  if (report.run.profile !== 'long') {
    const size = sizeOfAb(profile);
    return step(
      `Run ${size.rounds} rounds (${size.minutes} min)`,
      loadCommand(report, { profile }),
    );
  }
  return step('Run longer rounds', loadCommand(report, twice(report)));
}

function sizeOfAb(profile: ProfileName) {
  const stages = AB.stages[profile];
  return {
    rounds: Math.max(...stages.map(({ name }) => blockOf(name)?.round ?? 0)),
    minutes: Math.round(durationSeconds(stages) / 60),
  };
}

function twice({ load }: Report) {
  return { durationMs: 2000 * durationSeconds(load.stages) };
}

/** Windows are 1 s wide, and wider only in loads of more than two minutes. */
function leastDurationMs({ load }: Report): number {
  return 1000 * Math.max(LEAST_WINDOWS + 2, durationSeconds(load.stages));
}
