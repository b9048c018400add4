import { mean } from 'simple-statistics';
import { sentPerSecond } from '../history/sent-per-second.ts';
import { formatRate, formatRatioAgainst } from '../report/format-figure.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { formatRatioLimit } from '../text/format-limit.ts';
import { differs } from './comparability.ts';
import { type CompareSettings, MAX_RATE_DIFFERENCE } from './compare-settings.ts';
import type { ComparisonCheck } from './comparison.ts';

/**
 * Checks of the load that was actually sent. In an open model it is an input, not a result, so it is checked and
 * not compared.
 */
export function loadChecks(
  a: readonly Report[],
  b: readonly Report[],
  settings: CompareSettings,
): ComparisonCheck[] {
  const [rateA, rateB] = [rateOf(a), rateOf(b)];
  const [droppedA, droppedB] = [droppedOf(a), droppedOf(b)];
  const checks: ComparisonCheck[] = [];
  if (rateA !== null && rateB !== null) {
    const difference = rateB / rateA - 1;
    const ok = Math.abs(difference) <= MAX_RATE_DIFFERENCE;
    checks.push({
      name: 'rps',
      a: rateA,
      b: rateB,
      ok,
      sentence: ok
        ? sentText(formatRate(rateA), formatRate(rateB))
        : differs('rate of orders sent', formatRate(rateA), formatRate(rateB)),
    });
  }
  checks.push({
    name: 'dropped',
    a: droppedA,
    b: droppedB,
    ok: Math.max(droppedA ?? 0, droppedB ?? 0) <= settings.maxDroppedRatio,
    sentence: droppedText(droppedA, droppedB, settings.maxDroppedRatio),
  });
  return checks;
}

function sentText(a: string, b: string): string {
  return a === b
    ? `Orders were sent at ${a} to both.`
    : `Orders were sent at ${a} to A and at ${b} to B.`;
}

/** Which share of the orders of each side was dropped; `most` is the largest that a comparison allows. */
export function droppedText(a: number | null, b: number | null, most: number): string {
  if ((a ?? 0) === 0 && (b ?? 0) === 0) return 'No order was dropped.';
  const shares = [['A', a] as const, ['B', b] as const].flatMap(([side, share]) =>
    share === null ? [] : [`${formatRatioAgainst(share, most)} of the orders for ${side}`],
  );
  const were = `${shares.join(' and ')} were dropped`;
  return Math.max(a ?? 0, b ?? 0) > most
    ? `${were}; at most ${formatRatioLimit(most)} may be`
    : `${were}.`;
}

function rateOf(reports: readonly Report[]): number | null {
  const rates = reports.flatMap((report) => sentPerSecond(report) ?? []);
  return rates.length === 0 ? null : mean(rates);
}

function droppedOf(reports: readonly Report[]): number | null {
  const offered = reports.reduce((sum, { load }) => sum + load.offered, 0);
  const dropped = reports.reduce((sum, { load }) => sum + load.dropped, 0);
  return offered === 0 ? null : dropped / offered;
}
