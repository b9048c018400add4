import type { Estimate } from '../schema/estimate-schema.ts';
import type { PowerChoice, Strategy } from '../schema/power-schema.ts';
import { type Best, bestOf, type Candidate } from './best-size.ts';
import { keptByNoneText, sloChoiceText, strategyChoiceText } from './choice-text.ts';
import type { PowerModels } from './power-models.ts';

/** The best size for a strategy, and why. */
export function chooseByStrategy(
  strategy: Strategy,
  candidates: readonly Candidate[],
  models: PowerModels,
): PowerChoice {
  const best = bestOf(strategy, candidates, models);
  if (best === null) return nothingMeasured(strategy);
  return { ...choiceOf(strategy, best), reason: strategyChoiceText(strategy, best, models) };
}

/** The cheapest size whose p95 keeps the SLO with its whole interval. */
export function chooseBySlo(
  sloP95Ms: number,
  candidates: readonly Candidate[],
  models: PowerModels,
): PowerChoice {
  const judged = candidates.flatMap((candidate) => {
    const p95 = models.p95Ms.estimate(candidate.size);
    return p95 === null ? [] : [{ candidate, keeps: keepsSlo(p95, sloP95Ms) }];
  });
  if (judged.length === 0) return nothingMeasured('slo');
  const those = (keeps: boolean | null) =>
    judged.filter((one) => one.keeps === keeps).map(({ candidate }) => candidate);
  const unsure = those(null);
  const best = bestOf('cost', those(true), models);
  if (best === null) {
    return {
      ...NO_SIZE,
      strategy: 'slo',
      outcome: unsure.length === 0 ? 'keptByNone' : 'inconclusive',
      mayKeepSlo: unsure.map(({ cell }) => cell),
      reason: keptByNoneText(
        sloP95Ms,
        judged.map(({ candidate }) => candidate),
        unsure,
        models,
      ),
    };
  }
  const mayKeep = unsure.filter(
    ({ size }) => (models.costPerMillionUsd.ratio(size, best.chosen.size)?.value ?? 1) < 1,
  );
  return {
    ...choiceOf('slo', best),
    mayKeepSlo: mayKeep.map(({ cell }) => cell),
    reason: sloChoiceText(sloP95Ms, best, mayKeep, models),
  };
}

/** Whether a p95 keeps an SLO: null if its interval lies on both sides. Without an interval the estimate decides. */
export function keepsSlo({ value, low, high }: Estimate, sloP95Ms: number): boolean | null {
  if ((high ?? value) <= sloP95Ms) return true;
  return (low ?? value) > sloP95Ms ? false : null;
}

const NO_SIZE = { chosen: null, sameAs: [], notToldApart: [], mayKeepSlo: [] } as const;

function nothingMeasured(strategy: PowerChoice['strategy']): PowerChoice {
  return { ...NO_SIZE, strategy, outcome: 'inconclusive', reason: 'No size has figures.' };
}

function choiceOf(
  strategy: PowerChoice['strategy'],
  { chosen, sameAs, notToldApart }: Best,
): Omit<PowerChoice, 'reason'> {
  const cells = (candidates: readonly Candidate[]) => candidates.map(({ cell }) => cell);
  return {
    strategy,
    outcome: 'chosen',
    chosen: chosen.cell,
    sameAs: cells(sameAs),
    notToldApart: cells(notToldApart),
    mayKeepSlo: [],
  };
}
