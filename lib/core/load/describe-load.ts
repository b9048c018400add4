import { formatMsLimit, formatRatioLimit } from '../text/format-limit.ts';
import { renderDuration } from '../text/parse-duration.ts';
import { renderArrivals } from './arrivals.ts';
import type { LoadPlan } from './load-plan.ts';
import { scheduledOrders } from './schedule.ts';
import { durationSeconds, peakOf, totalOrders } from './stages.ts';

/** What a run is about to do, one line each, shown before the first request. */
export function describeLoad(plan: LoadPlan): readonly string[] {
  const seconds = durationSeconds(plan.stages);
  const orders = scheduledOrders(plan.stages);
  const lines = [
    `target    ${plan.target}`,
    ...(plan.targetB === undefined ? [] : [`arm B     ${plan.targetB}, in turn with arm A above`]),
    `load      ${plan.scenario} (${plan.profile}): up to ${rate(peakOf(plan))}, ${count(orders)} order${orders === 1 ? '' : 's'} in ${renderDuration(seconds * 1000)}, ${arrivalsText(plan)}`,
  ];
  if (plan.warmup) {
    lines.push(
      `warm-up   ${count(totalOrders([plan.warmup]))} orders at ${rate(plan.warmup.fromRate)} for ${renderDuration(plan.warmup.durationSeconds * 1000)}, excluded from all figures`,
    );
  }
  if (plan.retryRatio > 0) lines.push(retriesLine(plan));
  lines.push(
    `in flight at most ${count(plan.maxInFlight)} orders, request timeout ${renderDuration(plan.requestTimeoutMs)}`,
    `SLO       success at least ${formatRatioLimit(plan.slo.successRatio)}, p95 at most ${formatMsLimit(plan.slo.p95Ms)}`,
  );
  return lines;
}

function arrivalsText({ arrivals, clients }: LoadPlan): string {
  const by = clients === 1 ? '' : ` by ${clients} clients`;
  if (arrivals.kind === 'even') return `evenly spaced${by}`;
  if (arrivals.kind === 'poisson') return `at random${by}`;
  const text = renderArrivals(arrivals);
  return `${arrivals.kind === 'cv' ? `at random (${text})` : `as recorded in ${text}`}${by}`;
}

function retriesLine(plan: LoadPlan): string {
  const { retryRatio, stages, warmup } = plan;
  const again = totalOrders(stages) * retryRatio;
  const requests = totalOrders(stages) + again + (warmup === null ? 0 : totalOrders([warmup]));
  return `retries   ${formatRatioLimit(retryRatio)} of the orders are sent again (about ${count(again)}): up to ${rate(peakOf(plan) * (1 + retryRatio))}, ${count(requests)} requests in total`;
}

const rate = (perSecond: number) => `${Number(perSecond.toFixed(3))}/s`;
const count = (value: number) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
