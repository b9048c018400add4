import { estimateCost, estimatePlannedCost } from '../cost/estimate-cost.ts';
import { PRICE_LIST } from '../cost/price-list.ts';
import { countOf } from '../histogram/count.ts';
import { meanOf } from '../histogram/mean.ts';
import { quantile } from '../histogram/quantile.ts';
import { totalOrders } from '../load/stages.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';
import { failureFigures } from './failure-figures.ts';
import { foldPlatformRejected } from './fold-platform-rejected.ts';
import { formatCount } from './format-figure.ts';
import { generatorFigures } from './generator-figures.ts';
import { lambdaFigures } from './lambda-figures.ts';
import { latencyFigures, sentOf, servedLatency } from './latency-by-outcome.ts';
import type { Measured } from './measured.ts';
import { addOutcomeCounts, outcomeCountsOf, resolvedOf, servedOf } from './outcome-counts.ts';
import { type ClientCounts, platformFigures } from './platform-figures.ts';
import { retryFigures } from './retry-figures.ts';
import type { PlanFacts, RunFacts } from './run-facts.ts';
import type { Report } from './schema/report-schema.ts';
import { SCHEMA_VERSION } from './schema/schema-version.ts';
import { stepFigures, windowFigures } from './series-figures.ts';
import { thresholdsOf } from './thresholds.ts';
import { verdictOf } from './verdict.ts';

/** The report: all of its figures are computed here, from measurements that can be added up. */
export function assembleReport(plan: PlanFacts, raw: Measured, facts: RunFacts): Report {
  const measured = foldPlatformRejected(raw);
  const outcomes = outcomeCountsOf(measured.latencyByOutcome);
  const total = Object.values(measured.steps).reduce((sum, step) => sum + step.started, 0);
  const offered = total + measured.dropped;
  const loadedMs = measured.loadMs === null ? 0 : measured.loadMs.end - measured.loadMs.start;
  const rps = total === 0 || loadedMs === 0 ? null : (total * 1000) / loadedMs;
  const success = servedLatency(measured.latencyByOutcome);
  const all = sentOf(measured.latencyByOutcome);
  const judged = { offered, outcomes, success };
  const thresholds = thresholdsOf(plan, judged);
  const requests = {
    offered,
    total,
    dropped: measured.dropped,
    unresolved: total - resolvedOf(outcomes),
    rps,
    successRatio: offered === 0 ? null : servedOf(outcomes) / offered,
    successRatioInterval: wilsonInterval(servedOf(outcomes), offered),
    outcomes,
    ...(measured.failures && {
      failures: failureFigures(
        measured.failures,
        outcomes,
        measured.loadMs?.start ?? null,
        measured.windows,
      ),
    }),
  };
  const generator = generatorFigures(measured, facts, total);
  const cost = costFigures(plan, measured, facts, total, outcomes);
  const { verdict, reasons } = verdictOf({
    plan,
    baseUrl: facts.target.baseUrl,
    run: facts.run,
    requests,
    warmupOutcomes: measured.warmup.outcomes,
    judged,
    thresholds,
    generator,
  });
  const { durationMs: _durationMs, question: _question, retryRatio, ...planned } = plan;
  const { maxInFlight, inFlightBound } = planned;
  const retries = retryFigures(retryRatio, measured.retries);
  return {
    schemaVersion: SCHEMA_VERSION,
    run: {
      ...facts.run,
      loadStartedAt:
        measured.loadMs === null ? null : new Date(measured.loadMs.start).toISOString(),
      verdict,
      reasons,
    },
    target: facts.target,
    ...(facts.targetB === undefined ? {} : { targetB: facts.targetB }),
    load: {
      model: 'open',
      ...planned,
      ...(facts.request && { request: facts.request }),
      maxVUs: maxInFlight,
      littleBoundVUs: inFlightBound,
      loadedMs,
      offered,
      sent: total,
      dropped: measured.dropped,
    },
    requests,
    latencyMs: latencyFigures(measured.latencyByOutcome, facts.exact),
    ...(retries === undefined ? {} : { retries }),
    connection: {
      opened: countOf(measured.connect),
      p50Ms: quantile(measured.connect, 0.5),
      p95Ms: quantile(measured.connect, 0.95),
      histogram: measured.connect,
    },
    steps: stepFigures(plan, measured),
    windows: windowFigures(
      measured,
      facts.platform && 'functions' in facts.platform ? facts.platform.functions[0] : null,
    ),
    warmup: measured.warmup,
    orders: {
      ...facts.orders,
      iterations: total,
      warmupIterations: measured.warmup.started,
    },
    answers: {},
    lambda: {
      ...lambdaFigures({
        measured,
        outcomes,
        rps,
        all,
        retried: retries !== undefined,
        memoryMb: facts.target.memoryMb,
        cost: cost.after,
      }),
      ...(facts.platform && {
        platform: platformFigures(
          facts.platform,
          clientCounts(measured, requests, plan.question, loadedMs),
        ),
      }),
    },
    ...(facts.queue && { queue: facts.queue }),
    generator,
    cost,
    thresholds,
  };
}

function clientCounts(
  { timingSeen, cold, warmup, retries }: Measured,
  { outcomes, unresolved }: Pick<Report['requests'], 'outcomes' | 'unresolved'>,
  { checksContract }: PlanFacts['question'],
  loadedMs: number,
): ClientCounts {
  const unmeasured = [
    ...(warmup.started > 0 ? ['the warm-up'] : []),
    ...(retries.sent > 0 ? [`${formatCount(retries.sent, 'order')} sent again`] : []),
    ...(checksContract ? ['the contract checks'] : []),
  ];
  return {
    coldStarts: timingSeen ? cold : null,
    throttles: outcomes.throttled,
    stored: servedOf(outcomes),
    unseen: unresolved + outcomes.timeout + outcomes.connection,
    platformRejected: outcomes.platformRejected,
    unmeasured: unmeasured.length === 0 ? null : unmeasured.join(' and '),
    loadedMs,
  };
}

function costFigures(
  plan: PlanFacts,
  measured: Measured,
  { target, platform }: Pick<RunFacts, 'target' | 'platform'>,
  total: number,
  outcomes: Report['requests']['outcomes'],
): Report['cost'] {
  const counts = addOutcomeCounts([
    outcomes,
    measured.warmup.outcomes,
    outcomeCountsOf(measured.retries.latencyByOutcome),
  ]);
  const orders = total + measured.warmup.started + measured.retries.sent - counts.connection;
  const { memoryMb, architecture = null, gateway } = target;
  const initMs = countOf(measured.init) * (meanOf(measured.init) ?? 0);
  return {
    currency: 'USD',
    priceListDate: PRICE_LIST.date,
    region: PRICE_LIST.region,
    hypothetical: target.platform !== 'aws',
    before: estimatePlannedCost(
      {
        plannedOrders: plan.plannedOrders,
        resentOrders: plan.plannedOrders * plan.retryRatio,
        warmupOrders: plan.warmup === null ? 0 : totalOrders([plan.warmup]),
      },
      { memoryMb, architecture, gateway },
    ),
    after: estimateCost({
      orders,
      invocations: orders - counts.throttled - counts.platformRejected,
      writes: servedOf(counts),
      handlerMs: meanOf(measured.handler),
      initMs: measured.timingSeen ? initMs : null,
      memoryMb,
      architecture,
      billedGbSeconds:
        platform !== undefined && 'functions' in platform
          ? platform.functions[0].billedGbSeconds
          : null,
      gateway,
    }),
  };
}
