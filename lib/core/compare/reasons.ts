import { groupDigits } from '../report/format-figure.ts';
import { formatRatioLimit } from '../text/format-limit.ts';
import { listText } from '../text/list-text.ts';
import { FLOOR_RUNS } from '../trend/night-noise.ts';
import {
  type CompareSettings,
  LEAST_ROUNDS,
  LEAST_WINDOWS,
  leastOrders,
} from './compare-settings.ts';
import type {
  CompareMode,
  CompareVerdict,
  MetricComparison,
  WhyInconclusive,
} from './comparison.ts';
import { change, hidesTenfold, level, metricList, metricName, size } from './metric-words.ts';

/** What a comparison rests on. */
export interface ComparedAmount {
  readonly mode: CompareMode;
  /** Runs of each side. */
  readonly runsA: number;
  readonly runsB: number;
  /** Runs of the history at the present level, whether they are enough or not. */
  readonly pastRuns: number;
  /** Rounds of an ab run. */
  readonly rounds: number;
}

/** Why the verdict on two comparable sides is what it is, most important first. No sentence repeats another. */
export function reasonsOf(
  verdict: CompareVerdict,
  metrics: readonly MetricComparison[],
  amount: ComparedAmount,
  settings: CompareSettings,
): string[] {
  const statements = statementsOf(verdict, metrics, amount, settings);
  return statements.map((text) => text.replace(/^success\b/, 'Success'));
}

function statementsOf(
  verdict: CompareVerdict,
  metrics: readonly MetricComparison[],
  amount: ComparedAmount,
  settings: CompareSettings,
): string[] {
  const gated = metrics.filter((metric) => metric.gated);
  const of = (kind: CompareVerdict) => gated.filter((metric) => metric.verdict === kind);
  const changed = (kind: CompareVerdict) => (of(kind).length === 0 ? [] : [movement(of(kind))]);
  const open = openReasons(of('inconclusive'), amount);
  const skipped = skippedReason(metrics, amount.mode);
  switch (verdict) {
    case 'regress':
      return [
        `${movement(of('regress'))}: more than noise explains, and above the ${limitText(of('regress'), settings.minEffect, settings.minSuccessEffect)} that counts as a change.`,
        ...changed('improve').map((text) => `${text}.`),
        ...skipped,
      ];
    case 'improve':
      return [
        `${movement(of('improve'))}: more than noise explains, and nothing else is worse.`,
        ...skipped,
      ];
    case 'no-change':
      return [sameness(of('no-change'), settings), ...skipped];
    default:
      return [...open, ...changed('improve').map((text) => `${text}.`), ...skipped];
  }
}

/** Success first, then p95, which SLOs are about. */
const RANK = ['successRatio', 'p95', 'p99', 'p50'] as const;

function ranked(metrics: readonly MetricComparison[]): MetricComparison[] {
  return [...metrics].sort((a, b) => RANK.indexOf(a.metric) - RANK.indexOf(b.metric));
}

/** `p95 rose by 11.3% (188 ms → 209 ms), p50 by 11.6% and p99 by 10.3%`. */
function movement(metrics: readonly MetricComparison[]): string {
  const [lead, ...rest] = ranked(metrics);
  if (lead === undefined) return '';
  const verb = ({ effect }: MetricComparison) => ((effect ?? 0) < 0 ? 'fell' : 'rose');
  const by = ({ metric, effect }: MetricComparison) => `by ${size(metric, Math.abs(effect ?? 0))}`;
  const clauses = [lead, ...rest].map((one, at, all) => {
    const before = all[at - 1];
    const isSameVerb = before !== undefined && verb(before) === verb(one);
    return `${metricName(one.metric)} ${isSameVerb ? '' : `${verb(one)} `}${by(one)}`;
  });
  clauses[0] += ` (${level(lead.metric, lead.a)} → ${level(lead.metric, lead.b)})`;
  return listText(clauses);
}

/** A limit for the metrics: of a latency, of success, or both. */
function limitText(
  metrics: readonly MetricComparison[],
  ofLatency: number,
  ofSuccess: number,
): string {
  const percent = formatRatioLimit(ofLatency);
  const points = `${Number((ofSuccess * 100).toFixed(2))} points`;
  if (metrics.every(({ metric }) => metric !== 'successRatio')) return percent;
  return metrics.length === 1 ? points : `${percent} (success: ${points})`;
}

function sameness(metrics: readonly MetricComparison[], settings: CompareSettings): string {
  const limit = limitText(metrics, settings.tolerance, settings.successTolerance);
  const share = ({ metric, effect }: MetricComparison) =>
    Math.abs(effect ?? 0) /
    (metric === 'successRatio' ? settings.successTolerance : settings.tolerance);
  const [largest] = [...metrics].sort((a, b) => share(b) - share(a));
  return `Every change lies within ${limit}${largest === undefined ? '' : `; the largest is ${figureOf(largest)}`}.`;
}

/** The latency that stands for the others, or success alone. */
function leadOf(metrics: readonly MetricComparison[]): MetricComparison | undefined {
  return ranked(metrics).find(({ metric }) => metric !== 'successRatio') ?? metrics[0];
}

function figureOf({ metric, effect }: MetricComparison): string {
  return effect === null ? metricName(metric) : `${metricName(metric)} ${change(metric, effect)}`;
}

/** One sentence for each cause, with a figure that it leaves open. */
function openReasons(open: readonly MetricComparison[], amount: ComparedAmount): string[] {
  const causes = [...new Set(open.map(({ why }) => why ?? 'too-noisy'))];
  const groups = causes.map((why) => ({
    why,
    metrics: open.filter((one) => (one.why ?? 'too-noisy') === why),
  }));
  // The cause of the latencies comes first: they are more, and the usual question.
  const isLatency = ({ metrics }: (typeof groups)[number]) =>
    metrics.some(({ metric }) => metric !== 'successRatio');
  const sorted = [...groups].sort((a, b) => Number(isLatency(b)) - Number(isLatency(a)));
  return sorted.map(({ why, metrics }) => {
    const lead = leadOf(metrics);
    const cause = causeText(why, lead, amount);
    if (lead === undefined || lead.effect === null) return `${metricList(metrics)}: ${cause}.`;
    return `${figureOf(lead)}, ${why === 'too-noisy' ? cause : `but ${cause}`}.`;
  });
}

function causeText(
  why: WhyInconclusive,
  lead: MetricComparison | undefined,
  { mode, runsA, runsB, pastRuns, rounds }: ComparedAmount,
): string {
  switch (why) {
    case 'no-noise-floor':
      if (mode === 'candidate') return 'the history has no run with this scenario, load and target';
      return runsA === 1 && runsB === 1
        ? 'one run of each side does not show how much runs differ by chance'
        : `${runsA} and ${runsB} runs do not show how much runs differ by chance`;
    case 'short-history':
      return `a verdict takes ${FLOOR_RUNS.least} past runs with this scenario, load and target at the current level, and there ${pastRuns === 1 ? 'is 1' : `are ${pastRuns}`}`;
    case 'too-few-windows':
      return `a run takes ${LEAST_WINDOWS} windows (${LEAST_WINDOWS} s) with orders to show its own noise`;
    case 'too-few-rounds':
      return `a verdict takes ${LEAST_ROUNDS} rounds, and there ${rounds === 1 ? 'is 1' : `are ${rounds}`}`;
    default: {
      if (lead === undefined || lead.smallestDetectable === null) return 'which noise can explain';
      return hidesTenfold(lead)
        ? 'which noise can explain: it would hide a tenfold change'
        : `which noise can explain: a change of ${size(lead.metric, lead.smallestDetectable)} would be found 4 times in 5`;
    }
  }
}

function skippedReason(metrics: readonly MetricComparison[], mode: CompareMode): string[] {
  const unit = mode === 'duet' ? 'block' : 'run';
  const latencies = metrics.flatMap(({ metric, gated }) =>
    gated || metric === 'successRatio' ? [] : [{ metric, orders: leastOrders(metric) }],
  );
  const success = metrics.some(({ metric, gated }) => !gated && metric === 'successRatio');
  return [
    ...(latencies.length === 0
      ? []
      : [
          `${metricList(latencies)} ${latencies.length === 1 ? 'is' : 'are'} not judged: that takes ${listText(latencies.map(({ orders }) => groupDigits(orders)))} stored orders in each ${unit}.`,
        ]),
    ...(success ? ['success is not judged: no orders were offered.'] : []),
  ];
}
