import { censor } from '../histogram/censor.ts';
import { meanOf } from '../histogram/mean.ts';
import { quantile } from '../histogram/quantile.ts';
import type { Slo } from '../load/load-plan.ts';
import { formatCount, formatMsAgainst, formatRatio } from '../report/format-figure.ts';
import { type GeneratorShare, generatorShare, LATE_MS } from '../report/generator-share.ts';
import { lossesOf, lossShareText } from '../report/losses.ts';
import { servedOf } from '../report/outcome-counts.ts';
import type { JudgedStep, Limit } from '../report/schema/judged-step-schema.ts';
import { isOfferedAsPlanned } from '../report/thresholds.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';
import { formatMsLimit } from '../text/format-limit.ts';
import { p95Interval } from './p95-interval.ts';
import type { StepEvidence } from './step-evidence.ts';

export interface StepLimits {
  readonly slo: Slo;
  readonly requestTimeoutMs: number;
}

/**
 * Judges one step on success (stored / offered), p95 and whether the load was offered as planned. A step that met
 * the SLO is ok even if the generator was busy: badly generated load never flatters a target. A step that missed it
 * while the generator was at its limit tells nothing about the target.
 */
export function judgeStep(step: StepEvidence, { slo, requestTimeoutMs }: StepLimits): JudgedStep {
  const { dropped } = step;
  const offered = step.started + dropped;
  const served = servedOf(step.outcomes);
  const successRatio = offered === 0 ? null : served / offered;
  const successRatioInterval = wilsonInterval(served, offered);
  const judged = censor(step.success, step.outcomes.timeout, requestTimeoutMs);
  const p95 = p95Interval(judged, []);
  const p95Ms = p95?.valueMs ?? null;
  const p95IntervalMs =
    p95 === null ? null : ([p95.lowMs, p95.highMs ?? quantile(judged, 1) ?? 0] as const);

  const isDelivered = isOfferedAsPlanned(offered, step.plannedOrders);
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
      ? // No number of orders can prove that every order is always stored.
        (slo.successRatio === 1 || (successRatioInterval?.[0] ?? 0) >= slo.successRatio) &&
        (p95IntervalMs?.[1] ?? Number.POSITIVE_INFINITY) <= slo.p95Ms
      : limit === 'generator' ||
        (successRatioInterval?.[1] ?? 1) < slo.successRatio ||
        (p95IntervalMs?.[0] ?? 0) > slo.p95Ms,
    limit,
    why:
      limit === null
        ? null
        : whyNot({ step, share, isDelivered, isServed, isFast, limit, offered, p95Ms, slo }),
  };
}

interface Miss {
  readonly step: StepEvidence;
  readonly isDelivered: boolean;
  readonly isServed: boolean;
}

/** The target is only blamed for what it missed even if the generator is given the benefit of the doubt (`generatorShare`). */
function limitOf({
  step,
  isDelivered,
  isServed,
  share: { best, isOtherLoad, verdict },
}: Miss & { readonly share: GeneratorShare }): Limit {
  if (step.generatorFault !== null || !isDelivered || isOtherLoad) return 'generator';
  if (verdict === null) return 'generator';
  if (isServed || best.isServed) return 'latency';
  const [worst] = lossesOf({ ...step, dropped: 0 });
  if (worst === undefined) return 'latency';
  if (worst.loss === 'throttled') return 'throttled';
  if (worst.loss === 'platformRejected' && step.hidesThrottles) return 'throttled';
  return worst.loss === 'timeout' || worst.loss === 'unresolved' ? 'latency' : 'errors';
}

function whyNot(
  miss: Miss & {
    readonly share: GeneratorShare;
    readonly isFast: boolean;
    readonly limit: Limit;
    readonly offered: number;
    readonly p95Ms: number | null;
    readonly slo: Slo;
  },
): string {
  const { step, share, isDelivered, isServed, isFast, limit, offered, p95Ms, slo } = miss;
  const parts: string[] = [];
  if (!isDelivered) {
    parts.push(
      `only ${formatRatio(offered / step.plannedOrders)} of the planned orders were offered`,
    );
  }
  if (!isServed) {
    parts.push(offered === 0 ? 'nothing was offered' : lossShareText(lossesOf(step), offered));
    if (limit === 'throttled' && step.outcomes.platformRejected > step.outcomes.throttled) {
      parts.push('which the platform counted as throttles');
    }
  }
  if (!isFast) {
    const slow =
      p95Ms === null
        ? null
        : `p95 ${formatMsAgainst(p95Ms, slo.p95Ms)} (SLO ${formatMsLimit(slo.p95Ms)})`;
    parts.push(slow ?? 'no order was stored');
  }
  if (limit === 'generator' && step.generatorFault !== null) parts.push(step.generatorFault);
  if (limit === 'generator' && isServed && step.dropped > 0) {
    parts.push(`${formatCount(step.dropped, 'order')} dropped`);
  }
  if (limit === 'generator' && share.lateOrders > 0) {
    parts.push(
      `${formatCount(share.lateOrders, 'order')} started more than ${LATE_MS} ms after they were due`,
    );
  }
  return parts.join(', ');
}
