import { formatMs, formatUnitCost, groupDigits } from '../../report/format-figure.ts';
import { listText } from '../../text/list-text.ts';
import { cellName } from '../cell-name.ts';
import type { Estimate } from '../schema/estimate-schema.ts';
import type { Strategy } from '../schema/power-schema.ts';
import { type Best, type Candidate, figuresOf } from './best-size.ts';
import type { PowerModels } from './power-models.ts';

/** Why a size is the best by a strategy, in one sentence. */
export function strategyChoiceText(strategy: Strategy, best: Best, models: PowerModels): string {
  const { chosen, insteadOf, sameAs, notToldApart, worse } = best;
  const isAlone = sameAs.length + notToldApart.length + worse.length === 0;
  const figures = {
    cost: costText(chosen, models),
    speed: durationText(chosen, models),
    balanced: `${costText(chosen, models)} at ${durationText(chosen, models)}`,
  }[strategy];
  if (isAlone) return `${name(chosen)} is the only size with figures: ${figures}.`;
  const claim =
    insteadOf === null
      ? `${name(chosen)} ${CLAIMS[strategy]}, ${figures}`
      : `${name(chosen)} ${TIES[strategy]} ${name(insteadOf)} within 1%, ${figures}, and ${strategy === 'cost' ? `is faster (${durationText(chosen, models)})` : `costs less (${costText(chosen, models)})`}`;
  return `${claim}${doubts(strategy, best, models)}.`;
}

const CLAIMS: Readonly<Record<Strategy, string>> = {
  cost: 'costs least',
  speed: 'is the fastest',
  balanced: 'is the best balance of cost and speed',
};

const TIES: Readonly<Record<Strategy, string>> = {
  cost: 'costs the same as',
  speed: 'is as fast as',
  balanced: 'is as good a balance of cost and speed as',
};

/** Why a size is the cheapest that keeps an SLO, in one sentence. */
export function sloChoiceText(
  sloP95Ms: number,
  best: Best,
  mayKeep: readonly Candidate[],
  models: PowerModels,
): string {
  const { chosen } = best;
  const claim = `${name(chosen)} is the cheapest size that keeps a p95 of ${formatMs(sloP95Ms)}: p95 ${p95Text(chosen, models)}, ${costText(chosen, models)}`;
  const cheaper =
    mayKeep.length === 0
      ? ''
      : `; ${listText(mayKeep.map((one) => `${name(one)} (p95 ${p95Text(one, models)})`))} ${mayKeep.length === 1 ? 'costs' : 'cost'} less and may keep it`;
  return `${claim}${cheaper}${doubts('cost', best, models)}.`;
}

/** Why no size is known to keep an SLO, in one sentence. */
export function keptByNoneText(
  sloP95Ms: number,
  candidates: readonly Candidate[],
  unsure: readonly Candidate[],
  models: PowerModels,
): string {
  const text = (one: Candidate) => `${name(one)} (p95 ${p95Text(one, models)})`;
  if (unsure.length > 0) {
    return `No size is sure to keep a p95 of ${formatMs(sloP95Ms)}; ${listText(unsure.map(text))} may.`;
  }
  const p95 = ({ size }: Candidate) => models.p95Ms.estimate(size)?.value ?? 0;
  const lowest = candidates.toSorted((a, b) => p95(a) - p95(b)).slice(0, 1);
  return `No size keeps a p95 of ${formatMs(sloP95Ms)}; the lowest is that of ${lowest.map(text).join('')}.`;
}

/** What is not sure about it, or else which size is next. */
function doubts(strategy: Strategy, best: Best, models: PowerModels): string {
  const { chosen, sameAs, notToldApart, worse } = best;
  const figure = figuresOf(strategy, models).judgedBy;
  if (figure.estimate(chosen.size)?.low === null) {
    return '; after fewer than two rounds there is no telling how sure this is';
  }
  const against = (one: Candidate) =>
    `${name(one)} (${percentText(figure.ratio(one.size, chosen.size))})`;
  const rest =
    sameAs.length === 0 || best.insteadOf !== null
      ? []
      : [`the same within 1% as ${listText(sameAs.map(name))}`];
  const [unclear] = notToldApart;
  if (unclear !== undefined) {
    const alone = notToldApart.length === 1;
    const briefly = (one: Candidate) =>
      `${name(one)} (${percent(figure.ratio(one.size, chosen.size)?.value ?? 1)})`;
    const names = alone ? against(unclear) : listText(notToldApart.map(briefly));
    rest.push(`${names} cannot be told apart from it`, ...betterOtherwise(strategy, best, models));
  } else if (worse.length > 0) {
    rest.push(`next is ${against(worse[0] as Candidate)}`);
  }
  return rest.map((part) => `; ${part}`).join('');
}

/** The size that may be as good, and is surely better by the other figure, if there is one. */
function betterOtherwise(
  strategy: Strategy,
  { chosen, notToldApart }: Best,
  models: PowerModels,
): string[] {
  const other = figuresOf(strategy, models).tiesBy;
  if (other === null) return [];
  const better = notToldApart
    .map((one) => ({ one, ratio: other.ratio(one.size, chosen.size) }))
    .filter(({ ratio }) => (ratio?.high ?? 1) < 1)
    .sort((a, b) => (a.ratio?.value ?? 1) - (b.ratio?.value ?? 1));
  return better
    .slice(0, 1)
    .map(
      ({ one, ratio }) =>
        `${name(one)} ${strategy === 'cost' ? 'is faster' : 'costs less'} (${percentText(ratio)})`,
    );
}

function costText({ size }: Candidate, models: PowerModels): string {
  const { value } = models.costPerMillionUsd.estimate(size) as Estimate;
  return `${formatUnitCost(value)} for a million invocations`;
}

function durationText({ size }: Candidate, models: PowerModels): string {
  return formatMs((models.durationMs.estimate(size) as Estimate).value);
}

function p95Text({ size }: Candidate, models: PowerModels): string {
  const { value, low, high } = models.p95Ms.estimate(size) as Estimate;
  const interval = low === null ? '' : `, 95% interval ${formatMs(low)} to ${formatMs(high)}`;
  return `${formatMs(value)}${interval}`;
}

/** A ratio as a difference: "+12%, 95% interval +9% to +15%". */
function percentText(ratio: Estimate | null): string {
  if (ratio === null) return 'no round has both';
  const { value, low, high } = ratio;
  const interval =
    low === null || high === null ? '' : `, 95% interval ${percent(low)} to ${percent(high)}`;
  return `${percent(value)}${interval}`;
}

/** "+0.4%", "−12%", "+1,250%". */
function percent(ratio: number): string {
  const difference = 100 * (ratio - 1);
  const size = Math.abs(difference);
  const text = size < 10 ? Number(size.toFixed(1)) : groupDigits(size);
  return `${difference < 0 && text !== 0 ? '−' : '+'}${text}%`;
}

function name({ cell }: Candidate): string {
  return cellName(cell);
}
