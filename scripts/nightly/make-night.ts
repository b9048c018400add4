import path from 'node:path';
import { countedRuns } from './judge-night.ts';
import { type LoadedSteps, type LoadOptions, loadSteps } from './load-steps.ts';
import { compareSteady, trendsOf } from './look-back.ts';
import type { Night, NightComparison, NightRun, Suspicion } from './night.ts';
import { copyHistory } from './night-folders.ts';
import { type NightStep, nightPlan } from './night-plan.ts';
import { confirmedOf, suspicionsOfComparison, suspicionsOfTrends } from './suspicions.ts';

export interface NightInput extends LoadOptions {
  readonly quick: boolean;
  readonly repeats: number;
}

type Found = Omit<Night, 'nightVersion' | 'startedAt' | 'commit'>;

/** Makes the runs of a night, looks back, and runs once more what seems worse than before. */
export async function makeNight(input: NightInput): Promise<Found> {
  const plan = nightPlan(input);
  const loaded = await loadSteps(plan, 'first', input);
  if (!loaded.isWhole) return endedEarly(loaded);
  const { history } = input.folders;
  const comparison = await compareSteady('steady', 'compare', input);
  const looked = await trendsOf(history, loaded.runs, ['--dry-run'], input);
  const suspected = [...suspicionsOfComparison(comparison), ...suspicionsOfTrends(looked)];
  const rerun = await confirm(suspected, plan, input);
  const runs = [...loaded.runs, ...rerun.runs];
  // A change that the rerun did not show must not be put down as confirmed.
  const isOpen = suspected.length > 0 && (rerun.confirmed ?? []).length === 0;
  const page = ['--html', path.join(input.folders.out, 'trend.html')];
  const trends = await trendsOf(history, runs, isOpen ? [...page, '--dry-run'] : page, input);
  return {
    runs,
    comparison,
    trends,
    noTrend: null,
    suspected,
    confirmed: rerun.confirmed,
    notRun: [],
  };
}

function endedEarly({ runs, notRun }: LoadedSteps): Found {
  const why = 'the night ended early';
  return {
    runs,
    notRun,
    comparison: { notMade: why },
    trends: [],
    noTrend: why,
    suspected: [],
    confirmed: [],
  };
}

interface Rerun {
  readonly runs: readonly NightRun[];
  readonly confirmed: readonly Suspicion[] | null;
}

/**
 * Makes another set of runs of what is suspected, and holds it, without the suspected runs, against the
 * history before the night: two looks that do not share a run.
 */
async function confirm(
  suspected: readonly Suspicion[],
  plan: readonly NightStep[],
  input: NightInput,
): Promise<Rerun> {
  const steps = plan.filter(({ scenario }) => suspected.some((one) => one.scenario === scenario));
  if (steps.length === 0) return { runs: [], confirmed: [] };
  for (const { scenario, sentence } of suspected) input.say(`suspected ${scenario}: ${sentence}`);
  const { runs, isWhole } = await loadSteps(steps, 'confirm', input);
  if (!isWhole) return { runs, confirmed: null };
  const { out, before } = input.folders;
  const again = path.join(out, 'history-again');
  await copyHistory(before, again);
  const imports = steps.flatMap(({ scenario }) => [
    '--import',
    path.join(out, `${scenario}-again`),
  ]);
  const trends = await trendsOf(again, countedRuns(runs), [...imports, '--dry-run'], input);
  const byTrend = suspicionsOfTrends(trends);
  const compared: NightComparison = steps.some(({ scenario }) => scenario === 'steady')
    ? await compareSteady('steady-again', 'compare-again', input)
    : { notMade: 'steady was not suspected' };
  const seenAgain = [...suspicionsOfComparison(compared), ...byTrend];
  return { runs, confirmed: confirmedOf(suspected, seenAgain) };
}
