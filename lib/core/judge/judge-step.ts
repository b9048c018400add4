import { censor } from '../histogram/censor.ts';
import { countOf } from '../histogram/count.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { meanOf } from '../histogram/mean.ts';
import { quantile } from '../histogram/quantile.ts';
import type { Slo } from '../load/load-plan.ts';
import { formatCount, formatMs, formatRatio } from '../report/format-figure.ts';
import { type GeneratorShare, generatorShare, LATE_MS } from '../report/generator-share.ts';
import { servedOf } from '../report/outcome-counts.ts';
import type { JudgedStep, Limit } from '../report/schema/judged-step-schema.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';
import type { StepEvidence } from './step-evidence.ts';

/** Share of the planned orders that must have been offered, as for a whole run. */
const DELIVERED_RATIO = 0.98;
/** Orders at the borders of a step that may count in its neighbour. */
const DELIVERED_SLACK = 2;
const Z_95 = 1.959964;

export interface StepLimits {
  readonly slo: Slo;
  readonly requestTimeoutMs: number;
}

/**
 * Judges one step on success over offered orders, p95 and whether the load was made. A step that met
 * its SLO is ok even where the generator was busy: load made badly never flatters a target. One that
 * missed it while the generator was at its limit says nothing of the target.
 */
export function judgeStep(step: StepEvidence, { slo, requestTimeoutMs }: StepLimits): JudgedStep {
  const { dropped } = step;
  const offered = step.started + dropped;
  const served = servedOf(step.outcomes);
  const successRatio = offered === 0 ? null : served / offered;
  const successRatioInterval = wilsonInterval(served, offered);
  const judged = censor(step.success, step.outcomes.timeout, requestTimeoutMs);
  const p95Ms = quantile(judged, 0.95);
  const p95IntervalMs = p95Interval(judged);

  const isDelivered = offered >= DELIVERED_RATIO * step.plannedOrders - DELIVERED_SLACK;
  const isServed = successRatio !== null && successRatio >= slo.successRatio;
  const isFast = p95Ms !== null && p95Ms <= slo.p95Ms;
  const { lateness, keptBack } = step;
  const share = generatorShare({
    offered,
    dropped,
    keptBack,
    served,
    judged,
    lateness,
    slo,
    requestTimeoutMs,
  });
  const ok = isDelivered && share.verdict === 'met';
  const limit = ok ? null : limitOf({ step, isDelivered, isServed, share });
  return {
    name: step.name,
    ratePerSecond: step.ratePerSecond,
    seconds: step.seconds,
    offered,
    served,
    successRatio,
    successRatioInterval,
    p95Ms,
    p95IntervalMs,
    meanMs: meanOf(step.success),
    ...(step.handlerMeanMs !== null && { handlerMeanMs: step.handlerMeanMs }),
    ok,
    clear: ok
      ? // That every order must be served no number of orders can prove.
        (slo.successRatio === 1 || (successRatioInterval?.[0] ?? 0) >= slo.successRatio) &&
        (p95IntervalMs?.[1] ?? Number.POSITIVE_INFINITY) <= slo.p95Ms
      : limit === 'generator' ||
        (successRatioInterval?.[1] ?? 1) < slo.successRatio ||
        (p95IntervalMs?.[0] ?? 0) > slo.p95Ms,
    limit,
    why:
      limit === null
        ? null
        : whyNot({ step, share, isDelivered, isServed, isFast, limit, successRatio, p95Ms }),
  };
}

/**
 * 95% interval of the 95th percentile: of n values, the number below the true percentile is
 * binomial, so its rank lies within 0.95 n ± 1.96 √(n · 0.95 · 0.05). Null without values.
 * Source: Conover, Practical Nonparametric Statistics, 3rd ed., 3.2.
 */
function p95Interval(histogram: Histogram): readonly [number, number] | null {
  const count = countOf(histogram);
  if (count === 0) return null;
  const half = Z_95 * Math.sqrt((0.95 * 0.05) / count);
  const low = quantile(histogram, Math.max(0, 0.95 - half));
  const high = quantile(histogram, Math.min(1, 0.95 + half));
  return [low ?? 0, high ?? 0];
}

interface Miss {
  readonly step: StepEvidence;
  readonly isDelivered: boolean;
  readonly isServed: boolean;
}

/** What the generator could not do is never the target's: what is missed even at best is (`generatorShare`). */
function limitOf({
  step,
  isDelivered,
  isServed,
  share: { best, isOtherLoad, verdict },
}: Miss & { readonly share: GeneratorShare }): Limit {
  if (step.generatorFault !== null || !isDelivered || isOtherLoad) return 'generator';
  if (verdict === null) return 'generator';
  if (isServed || best.isServed) return 'latency';
  const [worst] = failuresOf(step, 0);
  if (worst === undefined) return 'latency';
  if (worst.name === 'throttled') return 'throttled';
  if (worst.name === 'platformRejected' && step.hidesThrottles) return 'throttled';
  return worst.name === 'timeout' || worst.name === 'unresolved' ? 'latency' : 'errors';
}

/** What orders failed by, most frequent first. */
function failuresOf(step: StepEvidence, dropped: number): { name: string; count: number }[] {
  const { created: _created, duplicate: _duplicate, ...failed } = step.outcomes;
  return Object.entries({ ...failed, unresolved: step.unresolved, 'not sent': dropped })
    .map(([name, count]) => ({ name, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

function whyNot(
  miss: Miss & {
    readonly share: GeneratorShare;
    readonly isFast: boolean;
    readonly limit: Limit;
    readonly successRatio: number | null;
    readonly p95Ms: number | null;
  },
): string {
  const { step, share, isDelivered, isServed, isFast, limit, successRatio, p95Ms } = miss;
  const { dropped } = step;
  const parts: string[] = [];
  if (!isDelivered) {
    const share = (step.started + dropped) / step.plannedOrders;
    parts.push(`only ${formatRatio(share)} of the planned orders were offered`);
  }
  if (!isServed) {
    const failures = failuresOf(step, dropped).map(({ name, count }) => `${count} ${name}`);
    parts.push(
      successRatio === null
        ? 'nothing was offered'
        : `success ${formatRatio(successRatio)} (${failures.join(', ')})`,
    );
    if (limit === 'throttled' && step.outcomes.platformRejected > step.outcomes.throttled) {
      parts.push('which the platform counted as throttles');
    }
  }
  if (!isFast) parts.push(p95Ms === null ? 'no order was stored' : `p95 ${formatMs(p95Ms)}`);
  if (limit === 'generator' && step.generatorFault !== null) parts.push(step.generatorFault);
  if (limit === 'generator' && dropped > 0) {
    parts.push(`${formatCount(dropped, 'order')} could not be sent`);
  }
  if (limit === 'generator' && share.lateOrders > 0) {
    parts.push(
      `${formatCount(share.lateOrders, 'order')} started more than ${LATE_MS} ms after they were due`,
    );
  }
  return parts.join(', ');
}
