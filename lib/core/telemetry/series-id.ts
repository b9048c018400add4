import type { Outcome } from '../order/outcome.ts';
import { CONTRACT_SCENARIO, METRIC_NAMES, WARMUP_SCENARIO } from './metric-names.ts';

/** What a tracked series measures. For metrics of the suite's own, these are the keys of METRIC_NAMES. */
export type SeriesKind =
  | Exclude<keyof typeof METRIC_NAMES, 'createdPow8'>
  | 'dropped'
  | 'httpRequests'
  | 'vus';

/** Which runner, part of the load and step a series belongs to. */
export interface SeriesId {
  /** Name and all labels: series of different runners, scenarios or statuses never share it. */
  readonly key: string;
  readonly kind: SeriesKind;
  readonly runner: string;
  readonly warmup: boolean;
  /** k6's scenario, or empty. */
  readonly scenario: string;
  readonly step: string;
  readonly outcome: string;
  /** Outcome of the first send of orders that were sent again; empty for all others. */
  readonly first: string;
  /** Why an order was not sent; empty for all others. */
  readonly why: string;
  /** The labels of a failure; empty for all others. */
  readonly status: string;
  readonly error: string;
  readonly arm: string;
}

/** The step of orders whose scenario has no step. */
const DEFAULT_STEP = 'default';

const CREATED_SERIES = `k6_${METRIC_NAMES.createdPow8}`;
const CREATED: Outcome = 'created';

const KIND_BY_NAME: ReadonlyMap<string, SeriesKind> = new Map([
  [`k6_${METRIC_NAMES.started}_total`, 'started'],
  [`k6_${METRIC_NAMES.latencyPow8}`, 'latencyPow8'],
  [CREATED_SERIES, 'latencyPow8'],
  [`k6_${METRIC_NAMES.connectPow8}`, 'connectPow8'],
  [`k6_${METRIC_NAMES.handlerPow8}`, 'handlerPow8'],
  [`k6_${METRIC_NAMES.initPow8}`, 'initPow8'],
  [`k6_${METRIC_NAMES.cold}_total`, 'cold'],
  [`k6_${METRIC_NAMES.handlerSeen}_total`, 'handlerSeen'],
  [`k6_${METRIC_NAMES.timingSeen}_total`, 'timingSeen'],
  [`k6_${METRIC_NAMES.scenarioStartMs}`, 'scenarioStartMs'],
  [`k6_${METRIC_NAMES.resent}_total`, 'resent'],
  [`k6_${METRIC_NAMES.resendPow8}`, 'resendPow8'],
  [`k6_${METRIC_NAMES.latenessPow8}`, 'latenessPow8'],
  [`k6_${METRIC_NAMES.notSent}`, 'notSent'],
  [`k6_${METRIC_NAMES.failed}`, 'failed'],
  [`k6_${METRIC_NAMES.inFlight}`, 'inFlight'],
  ['k6_dropped_iterations_total', 'dropped'],
  ['k6_http_reqs_total', 'httpRequests'],
  ['k6_vus', 'vus'],
]);

/** Whether the accumulator reads this metric; the others need not be decoded. */
export function isTrackedMetric(name: string): boolean {
  return KIND_BY_NAME.has(name);
}

/** The identity of a tracked series, or null for any other metric and for the checks of the contract. */
export function seriesIdOf(labels: Readonly<Record<string, string>>): SeriesId | null {
  const kind = KIND_BY_NAME.get(labels['__name__'] ?? '');
  if (kind === undefined || labels['scenario'] === CONTRACT_SCENARIO) return null;
  return {
    key: JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))),
    kind,
    runner: labels['runner'] ?? '',
    warmup: labels['scenario'] === WARMUP_SCENARIO,
    scenario: labels['scenario'] ?? '',
    step: labels['step'] ?? DEFAULT_STEP,
    outcome: labels['outcome'] ?? (labels['__name__'] === CREATED_SERIES ? CREATED : ''),
    first: labels['first'] ?? '',
    why: labels['why'] ?? '',
    status: kind === 'failed' ? (labels['status'] ?? '') : '',
    error: kind === 'failed' ? (labels['error'] ?? '') : '',
    arm: kind === 'failed' ? (labels['arm'] ?? '') : '',
  };
}

/** The series as a fault names it: the k6 metric and the labels that matter. */
export function describeSeries(id: SeriesId): string {
  const labels = [
    id.runner && `runner ${id.runner}`,
    id.warmup && 'warm-up',
    id.step !== DEFAULT_STEP && `step ${id.step}`,
    id.outcome && `outcome ${id.outcome}`,
    id.first && `first ${id.first}`,
    id.why && `why ${id.why}`,
  ].filter(Boolean);
  const name =
    id.kind in METRIC_NAMES ? METRIC_NAMES[id.kind as keyof typeof METRIC_NAMES] : id.kind;
  return labels.length === 0 ? name : `${name} (${labels.join(', ')})`;
}
