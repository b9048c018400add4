import type { AnswerText } from '../../../questions/question.ts';
import type { AnsweredReport } from '../../../questions/report-schema.ts';
import { scheduledOrders } from '../../load/schedule.ts';
import {
  formatMs,
  formatMsAgainst,
  formatRatio,
  formatRatioAgainst,
  formatUsd,
  groupDigits,
} from '../../report/format-figure.ts';
import type { Threshold } from '../../report/schema/report-schema.ts';
import { formatMsLimit, formatRatioLimit } from '../../text/format-limit.ts';
import type { Tile } from '../../text/statement.ts';
import { successIntervalText } from './figure-texts.ts';
import { isMeasuring } from './is-measuring.ts';
import { sentRate } from './sent-rate.ts';

/**
 * The figures that tell the outcome: success, p95 and that of each answer. A run that measures a limit begins with
 * its answer, and its other figures are neither met nor missed. `isJudged` is false while a run is in progress.
 */
export function mainTiles(
  report: AnsweredReport,
  answers: readonly AnswerText[],
  isJudged: boolean,
): readonly Tile[] {
  const own = answers.flatMap(({ tile }) => (tile === undefined ? [] : [tile]));
  if (isMeasuring(report)) return [...own, successTile(report, false), p95Tile(report, false)];
  return [successTile(report, isJudged), p95Tile(report, isJudged), ...own];
}

/** Figures beside the outcome: what was sent, cold starts and cost. */
export function smallTiles(report: AnsweredReport): readonly Tile[] {
  return [sentTile(report), coldTile(report), costTile(report)].filter((tile) => tile !== null);
}

function successTile(report: AnsweredReport, isJudged: boolean): Tile {
  const { requests, load } = report;
  const interval = successIntervalText(report);
  const limit = isMeasuring(report)
    ? `of all steps together; a step holds with at least ${formatRatioLimit(load.slo.successRatio)}`
    : `required: at least ${formatRatioLimit(load.slo.successRatio)}`;
  return {
    label: 'Success',
    value:
      requests.successRatio === null
        ? 'not known'
        : formatRatioAgainst(requests.successRatio, load.slo.successRatio),
    note: interval === null || isMeasuring(report) ? limit : `${limit}; ${interval}`,
    ...stateOf(report, 'success', isJudged),
    ...gaugeOf(requests.successRatio, load.slo.successRatio, 1, isMeasuring(report)),
  };
}

function p95Tile(report: AnsweredReport, isJudged: boolean): Tile {
  const { latencyMs, load } = report;
  const { p50, p95, p99 } = latencyMs.success;
  const limit = isMeasuring(report)
    ? `of all steps together; a step holds with at most ${formatMsLimit(load.slo.p95Ms)}`
    : `required: at most ${formatMsLimit(load.slo.p95Ms)}`;
  const judgedMs = thresholdOf(report, 'p95')?.observed ?? p95;
  const scaleMs = Math.max(judgedMs ?? 0, load.slo.p95Ms * 1.25);
  return {
    label: 'p95 latency',
    value: formatMsAgainst(judgedMs, load.slo.p95Ms),
    note: `${limit}; p50 ${formatMs(p50)}, p99 ${formatMs(p99)}`,
    ...stateOf(report, 'p95', isJudged),
    ...gaugeOf(judgedMs, load.slo.p95Ms, scaleMs, isMeasuring(report)),
  };
}

function sentTile(report: AnsweredReport): Tile {
  const { requests, load } = report;
  const dropped = requests.dropped === 0 ? '' : `, ${groupDigits(requests.dropped)} dropped`;
  return {
    label: 'Sent',
    value: sentRate(report) ?? 'nothing',
    note: `${groupDigits(requests.total)} of ${groupDigits(scheduledOrders(load.stages))} planned orders${dropped}`,
  };
}

function coldTile({ lambda }: AnsweredReport): Tile | null {
  const { coldStarts, coldStartRatio, initMs } = lambda;
  if (coldStarts.value === null) return null;
  const share =
    coldStartRatio.value === null ? '' : `${formatRatio(coldStartRatio.value)} of responses`;
  return {
    label: 'Cold starts',
    value: groupDigits(coldStarts.value),
    note: [share, initMs === null ? '' : `init p95 ${formatMs(initMs.p95)}`]
      .filter(Boolean)
      .join('; '),
  };
}

function costTile({ cost }: AnsweredReport): Tile {
  return {
    label: cost.hypothetical ? 'Would cost on AWS' : 'Cost',
    value: formatUsd(cost.after.totalUsd),
    note: `an estimate, with prices of ${cost.priceListDate}`,
  };
}

/** Without a limit to meet, or without a figure, there is nothing to draw. */
function gaugeOf(
  value: number | null,
  limit: number,
  scale: number,
  isMeasured: boolean,
): Pick<Tile, 'gauge'> {
  if (value === null || isMeasured) return {};
  return { gauge: { value: value / scale, limit: limit / scale } };
}

function stateOf(report: AnsweredReport, name: string, isJudged: boolean): Pick<Tile, 'state'> {
  const threshold = thresholdOf(report, name);
  if (!isJudged || threshold === undefined) return {};
  return { state: threshold.ok ? 'met' : 'missed' };
}

function thresholdOf({ thresholds }: AnsweredReport, name: string): Threshold | undefined {
  return thresholds.find((one) => one.name === name);
}
