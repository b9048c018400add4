import { formatMs, formatUnitCost } from '../../report/format-figure.ts';
import { formatMsLimit } from '../../text/format-limit.ts';
import type { Headline, Tile } from '../../text/statement.ts';
import { cellName, isSameCell } from '../../tune/cell-name.ts';
import type { PowerResult, PowerSize } from '../../tune/schema/power-schema.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { intervalText, percentText } from './estimate-text.ts';
import { powerSteps } from './power-steps.ts';
import { functionBefore } from './settings-before.ts';
import { earlierSentence } from './sweep-words.ts';

/** What a power sweep says first. */
export function powerHeadline(result: TuneResult, power: PowerResult): Headline {
  const { choice } = power;
  return {
    ...outcomeOf(power),
    reason: choice.reason,
    others: [
      beforeSentence(result, power),
      coldSentence(power),
      earlierSentence(result),
      ...power.sizes
        .filter(({ status }) => status !== 'measured')
        .map((size) => `${cellName(size)} ${stateText(size)}.`),
    ].filter((sentence) => sentence !== null),
    next: powerSteps(result, power),
  };
}

/** The figures of the chosen size; of the fastest one if no size keeps the SLO. */
export function powerTiles(power: PowerResult): readonly Tile[] {
  const chosen = chosenSize(power);
  const shown = chosen ?? (power.choice.outcome === 'keptByNone' ? lowestP95(power) : null);
  if (shown === null) return [];
  const of = chosen === null ? `, ${cellName(shown)}` : '';
  return [
    costTile(shown, of),
    durationTile(power, shown, of),
    p95Tile(power, shown, of),
    coldTile(shown, of),
  ].filter((tile) => tile !== null);
}

/** The chosen size with its figures; null without one. */
export function chosenSize({ choice, sizes }: PowerResult): PowerSize | null {
  const { chosen } = choice;
  if (chosen === null) return null;
  return sizes.find((size) => isSameCell(size, chosen)) ?? null;
}

function outcomeOf(power: PowerResult): Pick<Headline, 'tone' | 'word'> {
  const { chosen, outcome, notToldApart, mayKeepSlo } = power.choice;
  if (outcome === 'keptByNone') return { tone: 'bad', word: 'No size fits' };
  if (chosen === null) return { tone: 'open', word: 'No conclusion' };
  const isOpen = notToldApart.length + mayKeepSlo.length > 0;
  return { tone: isOpen ? 'open' : 'measured', word: cellName(chosen) };
}

/** What the chosen size changes. */
function beforeSentence(result: TuneResult, power: PowerResult): string | null {
  const chosen = chosenSize(power);
  const before = functionBefore(result);
  if (chosen === null || before === null) return null;
  const name = cellName(before);
  if (isSameCell(before, chosen)) return `The function has ${name} already.`;
  const then = power.sizes.find((size) => isSameCell(size, before));
  const { duration, cost } = then?.againstChosen ?? {};
  if (duration === undefined || cost === undefined) return null;
  return `The function has ${name}, which costs ${moreText(cost.value, 'more', 'less')} and takes ${moreText(duration.value, 'longer', 'less time')}.`;
}

/** Cost and duration are those of warm invocations: a size that is hardly ever warm needs a warning. */
const MANY_COLD_STARTS = 0.2;

function coldSentence(power: PowerResult): string | null {
  const chosen = chosenSize(power);
  if (chosen === null || power.onlyColdStarts || power.sloP95Ms !== null) return null;
  const { share, costPerMillionUsd } = chosen.cold;
  if (share < MANY_COLD_STARTS || costPerMillionUsd === null) return null;
  const p95 = chosen.p95Ms === null ? '' : `, and its p95 was ${formatMs(chosen.p95Ms.value)}`;
  return `${percentText(share)} of its invocations were cold starts, at ${formatUnitCost(costPerMillionUsd)} for a million${p95}: --slo-p95 keeps such sizes out.`;
}

function moreText(ratio: number, more: string, less: string): string {
  const change = ratio - 1;
  if (Math.abs(change) < 0.0005) return 'as much';
  return `${percentText(Math.abs(change))} ${change > 0 ? more : less}`;
}

function stateText({ status, problem }: PowerSize): string {
  const why = problem === null ? '' : `: ${problem.replace(/\.$/, '')}`;
  return status === 'failed' ? `failed${why}` : `was not measured${why}`;
}

function lowestP95({ sizes }: PowerResult): PowerSize | null {
  const known = sizes.filter(({ p95Ms }) => p95Ms !== null);
  return known.toSorted((a, b) => (a.p95Ms?.value ?? 0) - (b.p95Ms?.value ?? 0))[0] ?? null;
}

function costTile({ costPerMillionUsd: cost }: PowerSize, of: string): Tile | null {
  if (cost === null) return null;
  return {
    label: `Cost of a million invocations${of}`,
    value: formatUnitCost(cost.value),
    note: intervalText(cost, formatUnitCost),
  };
}

function durationTile(
  { onlyColdStarts }: PowerResult,
  { durationMs }: PowerSize,
  of: string,
): Tile | null {
  if (durationMs === null) return null;
  return {
    label: `${onlyColdStarts ? 'Duration of cold starts' : 'Mean duration, warm'}${of}`,
    value: formatMs(durationMs.value),
    note: intervalText(durationMs, formatMs),
  };
}

function p95Tile(
  { sloP95Ms }: PowerResult,
  { p95Ms, keepsSlo }: PowerSize,
  of: string,
): Tile | null {
  if (p95Ms === null) return null;
  const limit = sloP95Ms === null ? '' : `required: at most ${formatMsLimit(sloP95Ms)}`;
  const scale = Math.max(p95Ms.value, (sloP95Ms ?? 0) * 1.25);
  return {
    label: `p95${of}`,
    value: formatMs(p95Ms.value),
    note: [limit, intervalText(p95Ms, formatMs)].filter(Boolean).join('; '),
    ...(keepsSlo === null ? {} : { state: keepsSlo ? 'met' : 'missed' }),
    ...(sloP95Ms === null
      ? {}
      : { gauge: { value: p95Ms.value / scale, limit: sloP95Ms / scale } }),
  };
}

function coldTile({ cold }: PowerSize, of: string): Tile | null {
  const { count, share, durationMs, costPerMillionUsd } = cold;
  if (count === 0 || durationMs === null) return null;
  const cost =
    costPerMillionUsd === null
      ? ''
      : `; a million of them cost ${formatUnitCost(costPerMillionUsd)}`;
  return {
    label: `Cold starts${of}`,
    value: percentText(share),
    note: `each takes ${formatMs(durationMs)}${cost}`,
  };
}
