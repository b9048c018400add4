import { OUTCOMES, type Outcome } from '../../order/outcome.ts';
import {
  formatMs,
  formatMsAgainst,
  formatRatio,
  formatRatioAgainst,
  groupDigits,
} from '../../report/format-figure.ts';
import { outcomeName } from '../../report/outcome-words.ts';
import type { LatencyStats } from '../../report/schema/latency-schema.ts';
import type { Report, Threshold } from '../../report/schema/report-schema.ts';
import { formatMsLimit, formatRatioLimit } from '../../text/format-limit.ts';

/** A count of orders by outcome; those without an outcome are unresolved or dropped. */
export interface OutcomeCount {
  /** For a reader: "server error". */
  readonly name: string;
  readonly count: number;
  /** Share of the orders offered; 0 if none was. */
  readonly share: number;
}

/** The count of every outcome, also of those that no order had. */
export function outcomeCounts({ requests }: Pick<Report, 'requests'>): OutcomeCount[] {
  const { offered, outcomes, unresolved, dropped } = requests;
  const counts: [outcome: Outcome | 'unresolved' | 'dropped', count: number][] = [
    ...OUTCOMES.map((outcome): [Outcome, number] => [outcome, outcomes[outcome]]),
    ['unresolved', unresolved],
    ['dropped', dropped],
  ];
  return counts.map(([outcome, count]) => ({
    name: outcomeName(outcome),
    count,
    share: offered === 0 ? 0 : count / offered,
  }));
}

/** The interval of success; null without an order. */
export function successIntervalText({ requests }: Pick<Report, 'requests'>): string | null {
  const interval = requests.successRatioInterval;
  return interval === null ? null : `95% interval ${interval.map(formatRatio).join(' to ')}`;
}

/** The limit of a service level: "at least 99%". */
export function limitText({ slo, unit }: Pick<Threshold, 'slo' | 'unit'>): string {
  return `${unit === 'ms' ? 'at most' : 'at least'} ${unit === 'ms' ? formatMsLimit(slo) : formatRatioLimit(slo)}`;
}

/** The measured value of a service level. */
export function observedText({
  observed,
  slo,
  unit,
}: Pick<Threshold, 'observed' | 'slo' | 'unit'>): string {
  if (observed === null) return 'not known';
  return unit === 'ms' ? formatMsAgainst(observed, slo) : formatRatioAgainst(observed, slo);
}

/** Column heads of the percentiles that are shown side by side. */
export const PERCENTILES = ['p50', 'p90', 'p95', 'p99', 'p99.9', 'max'] as const;

/** One text for each of `PERCENTILES`. */
export function percentileTexts({ p50, p90, p95, p99, p999, max }: LatencyStats): string[] {
  return [p50, p90, p95, p99, p999, max].map(msOrDash);
}

export function msOrDash(value: number | null): string {
  return value === null ? '–' : formatMs(value);
}

/** How late orders were started; null if unknown. */
export function latenessText({ latenessMs }: Report['generator']): string | null {
  return latenessMs === undefined
    ? null
    : `p50 ${formatMs(latenessMs.p50)}, p99 ${formatMs(latenessMs.p99)}`;
}

/** How many connections were opened, and how long that took; null if none was. */
export function connectionsText({ opened, p50Ms, p95Ms }: Report['connection']): string | null {
  return opened === 0
    ? null
    : `${groupDigits(opened)} opened, p50 ${formatMs(p50Ms)}, p95 ${formatMs(p95Ms)}`;
}
