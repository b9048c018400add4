import { mean } from 'simple-statistics';
import { sentPerSecond } from '../history/sent-per-second.ts';
import { formatRate, formatRatio } from '../report/format-figure.ts';
import type { Report } from '../report/schema/report-schema.ts';
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
      sentence: `orders were sent at ${formatRate(rateA)} (A) and ${formatRate(rateB)} (B)${ok ? ', the same load' : ', not the same load'}`,
    });
  }
  const most = Math.max(droppedA ?? 0, droppedB ?? 0);
  const ok = most <= settings.maxDroppedRatio;
  checks.push({
    name: 'dropped',
    a: droppedA,
    b: droppedB,
    ok,
    sentence: `at most ${formatRatio(most)} of the orders of either side were dropped`,
  });
  return checks;
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
