import { formatCount, formatRatioAgainst } from '../../report/format-figure.ts';
import { listText } from '../../text/list-text.ts';
import type { MeasuredRound } from '../measured-round.ts';
import type { PowerSize } from '../schema/power-schema.ts';
import type { PowerCell, PowerMeasurement } from './power-cell.ts';
import type { PowerSettings } from './power-settings.ts';
import { type SizeRound, sizeRound } from './size-round.ts';

/** All rounds of one size, and whether they have figures. */
export interface MeasuredSize
  extends Pick<PowerSize, 'status' | 'problem' | 'failedInvocations' | 'successRatio'> {
  readonly cell: PowerCell;
  /** Those that count. */
  readonly rounds: readonly SizeRound[];
}

/**
 * The rounds of one size that count, and whether it can serve. It has `failed` if every round failed, or if less of all
 * calls, or of all orders, succeeded than `leastSuccess`.
 */
export function measuredSize(
  cell: PowerCell,
  measured: readonly MeasuredRound<PowerCell, PowerMeasurement>[],
  settings: PowerSettings,
): MeasuredSize {
  const counted = measured.filter(({ measurement }) => measurement.problem === null);
  const serving = counted.filter(({ measurement }) => measurement.failure === null);
  const rounds = serving.map((round) => sizeRound(round, settings));
  const calls = callsOf(rounds);
  const successRatio = storedShare(rounds);
  const size = { cell, rounds, failedInvocations: calls.failed, successRatio };
  const missing = (problem: string): MeasuredSize => ({ ...size, status: 'missing', problem });
  const failed = (problem: string): MeasuredSize => ({ ...size, status: 'failed', problem });

  if (counted.length === 0) {
    return missing(measured.at(-1)?.measurement.problem ?? 'not measured yet');
  }
  const failure = counted.find(({ measurement }) => measurement.failure !== null)?.measurement
    .failure;
  if (serving.length === 0) return failed(failure ?? '');
  if (calls.all > 0 && 1 - calls.failed / calls.all < settings.leastSuccess) {
    return failed(
      `${calls.failed} of ${formatCount(calls.all, 'invocation')} failed${waysToFail(rounds)}`,
    );
  }
  if (successRatio !== null && successRatio < settings.leastSuccess) {
    const shown = formatRatioAgainst(successRatio, settings.leastSuccess);
    return failed(`only ${shown} of the orders were stored`);
  }
  if (rounds.every(({ figures }) => figures === null)) {
    return missing(settings.onlyColdStarts ? 'no cold start' : 'no invocation of a warm function');
  }
  return { ...size, status: 'measured', problem: whatIsLeftOut(measured, failure ?? null) };
}

function callsOf(rounds: readonly SizeRound[]): { readonly failed: number; readonly all: number } {
  let failed = 0;
  let all = 0;
  for (const round of rounds) {
    // A throttled call has no report.
    const failures = Math.max(round.failed.length, round.measurement.failedCalls);
    failed += failures;
    all += failures + round.warm.length + round.cold.length;
  }
  return { failed, all };
}

function storedShare(rounds: readonly SizeRound[]): number | null {
  let offered = 0;
  let stored = 0;
  for (const { measurement } of rounds) {
    const { load } = measurement;
    if (load === null || load.successRatio === null) continue;
    offered += load.offered;
    stored += load.offered * load.successRatio;
  }
  return offered === 0 ? null : stored / offered;
}

function waysToFail(rounds: readonly SizeRound[]): string {
  const counts = new Map<string, number>();
  for (const { failed } of rounds) {
    for (const { status } of failed) {
      const way = status ?? 'error';
      counts.set(way, (counts.get(way) ?? 0) + 1);
    }
  }
  if (counts.size === 0) return '';
  return `: ${listText(Array.from(counts, ([way, count]) => formatCount(count, way)))}`;
}

function whatIsLeftOut(
  measured: readonly MeasuredRound<PowerCell, PowerMeasurement>[],
  failure: string | null,
): string | null {
  const invalid = measured.filter(({ measurement }) => measurement.problem !== null);
  const reasons = [invalid[0]?.measurement.problem ?? null, failure].filter((one) => one !== null);
  if (reasons.length === 0) return null;
  const count = measured.filter(
    ({ measurement }) => measurement.problem !== null || measurement.failure !== null,
  ).length;
  return `${count} of ${formatCount(measured.length, 'round')} left out: ${reasons.join('; ')}`;
}
