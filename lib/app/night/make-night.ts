import path from 'node:path';
import { EXIT } from '../../core/errors/user-error.ts';
import { countedRuns } from '../../core/night/judge-night.ts';
import type {
  Night,
  NightComparison,
  NightRun,
  Suspicion,
  TrendOfSeries,
} from '../../core/night/night.ts';
import { COMPARED_SCENARIO, type NightStep, nightPlan } from '../../core/night/night-plan.ts';
import {
  confirmedOf,
  openScenarios,
  suspicionsOfComparison,
  suspicionsOfTrends,
} from '../../core/night/suspicions.ts';
import { type LoadedSteps, type LoadOptions, loadSteps } from './load-steps.ts';
import {
  compareSteady,
  isMade,
  type LookBackOptions,
  type NightTrends,
  trendsBefore,
  trendsOf,
} from './look-back.ts';
import type { NightCommands } from './night-commands.ts';
import { copyHistory } from './night-folders.ts';

export interface NightInput extends LoadOptions, LookBackOptions {
  readonly commands: NightCommands;
  readonly quick: boolean;
  readonly repeats: number;
}

type NightResult = Omit<Night, 'nightVersion' | 'startedAt' | 'commit' | 'interruptedExitCode'>;

/** Makes the runs of a night, compares them with the past, and repeats what seems worse than before. */
export async function makeNight(input: NightInput): Promise<NightResult> {
  const plan = nightPlan(input);
  const loaded = await loadSteps(plan, 'first', input);
  if (!loaded.isWhole) return endedEarly(loaded, input);
  const { history, out } = input.folders;
  const comparison = await compareSteady(COMPARED_SCENARIO, 'compare', input);
  const before = await trendsBefore(input);
  const looked = isMade(before)
    ? await trendsOf(history, loaded.runs, ['--dry-run'], input)
    : before;
  const byTrend = isMade(before) && isMade(looked) ? suspicionsOfTrends(looked, before) : [];
  const suspected = [...suspicionsOfComparison(comparison), ...byTrend];
  const rerun = await confirm(suspected, isMade(before) ? before : [], plan, input);
  const runs = [...loaded.runs, ...rerun.runs];
  // A change that the rerun did not show must not be recorded as confirmed.
  const open = openScenarios({ suspected, confirmed: rerun.confirmed });
  const extra = open.flatMap((scenario) => ['--leave-open', scenario]);
  const page = ['--html', path.join(out, 'trend.html')];
  const trends = isMade(looked)
    ? await trendsOf(history, runs, [...page, ...extra], input)
    : looked;
  return {
    runs,
    comparison,
    trends: isMade(trends) ? trends : [],
    noTrend: isMade(trends) ? null : trends.notMade,
    suspected,
    confirmed: rerun.confirmed,
    lookBackExitCode: failureOf(comparison, trends, ...rerun.looks),
    notRun: [],
  };
}

/** A complete set of steady runs is compared anyway. */
async function endedEarly(
  { runs, whole, notRun }: LoadedSteps,
  input: NightInput,
): Promise<NightResult> {
  const why = 'the night ended early';
  const comparison: NightComparison = whole.includes(COMPARED_SCENARIO)
    ? await compareSteady(COMPARED_SCENARIO, 'compare', input)
    : { notMade: why };
  const suspected = suspicionsOfComparison(comparison);
  return {
    runs,
    notRun,
    comparison,
    trends: [],
    noTrend: why,
    suspected,
    confirmed: suspected.length > 0 ? null : [],
    lookBackExitCode: failureOf(comparison),
  };
}

interface Rerun {
  readonly runs: readonly NightRun[];
  readonly confirmed: readonly Suspicion[] | null;
  readonly looks: readonly (NightComparison | NightTrends)[];
}

/**
 * Makes another set of runs of the suspected scenarios, and compares it, without the suspected runs, with the history
 * before the night: the two looks share no run.
 */
async function confirm(
  suspected: readonly Suspicion[],
  before: readonly TrendOfSeries[],
  plan: readonly NightStep[],
  input: NightInput,
): Promise<Rerun> {
  const steps = plan.filter(({ scenario }) => suspected.some((one) => one.scenario === scenario));
  if (steps.length === 0) return { runs: [], confirmed: [], looks: [] };
  for (const { scenario, sentence } of suspected) input.say(`suspected ${scenario}: ${sentence}`);
  if (input.stop.first() !== null) return { runs: [], confirmed: null, looks: [] };
  const { runs, isWhole } = await loadSteps(steps, 'confirm', input);
  if (!isWhole) return { runs, confirmed: null, looks: [] };
  const trends = await trendsAgain(countedRuns(runs), steps, input);
  const compared: NightComparison = steps.some(({ scenario }) => scenario === COMPARED_SCENARIO)
    ? await compareSteady(`${COMPARED_SCENARIO}-again`, 'compare-again', input)
    : { notMade: 'steady was not suspected' };
  const looks = [trends, compared];
  const isSeen = isMade(trends) && failureOf(compared) === null && input.stop.first() === null;
  if (!isSeen) return { runs, confirmed: null, looks };
  const seenAgain = [...suspicionsOfComparison(compared), ...suspicionsOfTrends(trends, before)];
  return { runs, confirmed: confirmedOf(suspected, seenAgain), looks };
}

/** Trends of a copy of the history before the night, to which only the rerun was added. */
async function trendsAgain(
  runs: readonly NightRun[],
  steps: readonly NightStep[],
  input: NightInput,
): Promise<NightTrends> {
  const { out, before } = input.folders;
  const again = path.join(out, 'history-again');
  try {
    await copyHistory(before, again);
  } catch (error) {
    return { notMade: (error as Error).message, exitCode: EXIT.environment };
  }
  const imports = steps.flatMap(({ scenario }) => [
    '--import',
    path.join(out, `${scenario}-again`),
  ]);
  return trendsOf(again, runs, [...imports, '--dry-run'], input);
}

/** Exit code of the first look that failed, or null. */
function failureOf(...looks: readonly (NightComparison | NightTrends)[]): number | null {
  for (const look of looks) {
    if (!isMade(look) && look.exitCode !== undefined) return look.exitCode;
  }
  return null;
}
