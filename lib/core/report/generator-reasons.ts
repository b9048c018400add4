import { EMPTY_HISTOGRAM } from '../histogram/histogram.ts';
import type { NotSentReason } from '../order/not-sent.ts';
import { formatMsLimit, formatRatioLimit } from '../text/format-limit.ts';
import type { Evidence } from './evidence.ts';
import {
  formatCount,
  formatMs,
  formatMsAgainst,
  formatRatio,
  formatRatioAgainst,
} from './format-figure.ts';
import {
  type GeneratorShare,
  generatorShare,
  type JudgedLoad,
  LATE_MS,
} from './generator-share.ts';
import { keptBackOf } from './not-sent-figures.ts';
import { servedOf } from './outcome-counts.ts';
import { judgedLatency } from './thresholds.ts';

/** A quota that took less CPU time than this explains nothing. */
const LEAST_QUOTA_MS = 50;
/** Above this share of the run other programs competed for the CPU. */
const LEAST_PRESSURE = 0.2;

/** How far the load generator may have influenced the verdict of a whole run. */
export function shareOfRun(evidence: Evidence): GeneratorShare {
  return generatorShare(loadOfRun(evidence));
}

function loadOfRun(evidence: Evidence): JudgedLoad {
  const { plan, requests, judged, generator } = evidence;
  return {
    offered: requests.offered,
    dropped: requests.dropped,
    keptBack: keptBackOf(generator.notSent, plan),
    served: servedOf(requests.outcomes),
    judged: judgedLatency(judged.success, requests.outcomes.timeout, plan.requestTimeoutMs),
    lateness: generator.latenessMs?.histogram ?? EMPTY_HISTOGRAM,
    slo: plan.slo,
    requestTimeoutMs: plan.requestTimeoutMs,
  };
}

/** Why no conclusion can be drawn because of the load generator, each reason with its remedy; empty if one can. */
export function generatorReasons(evidence: Evidence, share = shareOfRun(evidence)): string[] {
  const { generator, plan } = evidence;
  const reasons: string[] = [];
  if (share.isOtherLoad) {
    reasons.push(
      `${lateText(evidence, share)}, so the load came in bunches and was not the planned one. ${lateRemedy(evidence)}`,
    );
  } else if (generator.saturated && generator.latenessMs === undefined) {
    // If lateness is known, it shows whether a busy generator delayed anything.
    reasons.push(
      `The load generator was saturated (${generator.why ?? 'no detail'}), so the figures describe the generator and not the target. Use a larger machine or a lower rate.`,
    );
  }
  if (share.verdict !== null) return reasons;
  // A single dropped order must not hide that all others were late.
  const load = loadOfRun(evidence);
  const onTime = generatorShare({ ...load, lateness: EMPTY_HISTOGRAM });
  if (onTime.verdict === null) {
    reasons.push(
      `${droppedText(evidence)}: ${undecided(evidence, onTime)}. ${droppedRemedy(evidence)}`,
    );
    return reasons;
  }
  const allSent = { ...load, offered: load.offered - load.dropped, dropped: 0, keptBack: 0 };
  // Dropped and late orders may only matter together.
  const isBoth = load.dropped > 0 && generatorShare(allSent).verdict !== null;
  if (isBoth) reasons.push(`${droppedText(evidence)}. ${droppedRemedy(evidence)}`);
  if (!share.isOtherLoad) {
    reasons.push(
      `${share.lateOrders > 0 ? lateText(evidence, share) : `The load generator itself was late by up to ${formatMs(generator.latenessMs?.p95 ?? 0)}`}: without that${isBoth ? ', and with all orders sent,' : ''} the SLOs of ${formatRatioLimit(plan.slo.successRatio)} success and p95 ${formatMsLimit(plan.slo.p95Ms)} might have been met. ${lateRemedy(evidence)}`,
    );
  }
  return reasons;
}

/** What the load generator could not do, if that does not affect the verdict. */
export function generatorNotes(evidence: Evidence, share = shareOfRun(evidence)): string[] {
  const notes: string[] = [];
  if (evidence.requests.dropped > 0) {
    notes.push(`${droppedText(evidence)}. That does not affect the verdict.`);
  }
  if (share.lateOrders > 0) {
    notes.push(`${lateText(evidence, share)}; lateness is not part of any latency.`);
  }
  if (evidence.generator.saturated && evidence.generator.latenessMs !== undefined) {
    notes.push(`The load generator was busy (${evidence.generator.why}).`);
  }
  return notes;
}

function droppedText({ requests, generator }: Evidence): string {
  const share = formatRatio(requests.dropped / requests.offered);
  const reasons = (generator.notSent ?? []).map(({ why }) => REASONS[why].what);
  const why = reasons.length === 0 ? '' : `, because ${reasons.join(', and ')}`;
  return `${formatCount(requests.dropped, 'order')} (${share} of those offered) could not be sent${why}`;
}

function undecided({ plan }: Evidence, { best, worst }: GeneratorShare): string {
  if (best.isServed !== worst.isServed) {
    // The target may really be too slow: a run with all orders sent would tell.
    const slow = best.isFast
      ? ''
      : `; the p95 of the orders sent would miss the SLO of ${formatMsLimit(plan.slo.p95Ms)}, but may include time spent waiting for that limit`;
    return `success lies between ${formatRatioAgainst(worst.successRatio ?? 0, plan.slo.successRatio)} and ${formatRatioAgainst(best.successRatio ?? 0, plan.slo.successRatio)}, and the SLO of ${formatRatioLimit(plan.slo.successRatio)} lies in between${slow}`;
  }
  return `p95 lies between ${formatMsAgainst(best.p95Ms, plan.slo.p95Ms)} and ${formatMsAgainst(worst.p95Ms, plan.slo.p95Ms)}, and the SLO of ${formatMsLimit(plan.slo.p95Ms)} lies in between`;
}

function droppedRemedy({ plan, generator }: Evidence): string {
  const [first] = generator.notSent ?? [];
  if (first === undefined) return 'Use a larger machine or a lower rate.';
  if (first.why === 'inFlight' && plan.inFlightLimit !== undefined) {
    const { what, mend } = plan.inFlightLimit;
    return `Up to ${plan.inFlightBound} orders may have to be in flight at once, but ${what}. Either ${mend}, and raise --max-in-flight if you set it lower, or lower the rate.`;
  }
  if (first.why === 'inFlight' && plan.maxInFlight >= plan.inFlightBound) {
    return `Raise --max-in-flight above ${plan.maxInFlight}, or use a shorter --timeout.`;
  }
  return REASONS[first.why].remedy(plan.inFlightBound);
}

const REASONS: Readonly<
  Record<NotSentReason, { readonly what: string; readonly remedy: (bound: number) => string }>
> = {
  inFlight: {
    what: 'the limit of orders in flight was reached',
    remedy: (bound) => `Raise --max-in-flight to ${bound}, or lower the rate.`,
  },
  overdue: {
    what: 'k6 was held up until more than a second after they were due',
    remedy: () =>
      'Run again on an otherwise idle machine that does not go to sleep, or with a lower rate.',
  },
  descriptors: {
    what: 'k6 reached the limit of open files and connections on this machine',
    remedy: (bound) => `Raise the limit (ulimit -n ${Math.max(65_536, 2 * bound)}) and run again.`,
  },
  ports: {
    what: 'this machine had no local port left for a connection',
    remedy: () =>
      'Widen the range (sysctl -w net.ipv4.ip_local_port_range="1024 65535"), or lower the rate.',
  },
  memory: {
    what: 'this machine had no memory left for a connection',
    remedy: () => 'Use a machine with more memory, or lower the rate.',
  },
  nameServer: {
    what: "the name server did not resolve the target's name",
    remedy: () => 'Fix the name server of this machine, or name --target by its IP address.',
  },
  network: {
    what: 'this machine had no network connection',
    remedy: () => 'Fix its network or its firewall, and run again.',
  },
  proxy: {
    what: 'the proxy named in the environment could not be reached, or requires credentials',
    remedy: () => 'Fix HTTPS_PROXY and HTTP_PROXY, or list the host in NO_PROXY.',
  },
  request: {
    what: 'k6 refused to make the requests: a header or the address is not valid',
    remedy: () =>
      'k6.log names it; check the variables of --header, --bearer-env and --api-key-env, and the headers in the config.',
  },
  virtualUsers: {
    what: 'no virtual user of k6 was free',
    remedy: (bound) =>
      `Raise --max-in-flight to ${bound}, or start orders from an event loop (docs/your-own-scenario.md).`,
  },
};

function lateText({ generator }: Evidence, { lateOrders, lateShare }: GeneratorShare): string {
  return `${formatCount(lateOrders, 'order')} (${formatRatio(lateShare)}) started more than ${LATE_MS} ms after they were due (p99 ${formatMs(generator.latenessMs?.p99 ?? null)}), because ${lateCause(generator)}`;
}

function lateCause({ heldBack, saturated, why }: Evidence['generator']): string {
  if ((heldBack?.quotaMs ?? 0) > LEAST_QUOTA_MS) {
    return `a CPU quota kept k6 from running (${formatMs(heldBack?.quotaMs ?? 0)} of CPU time)`;
  }
  if (saturated) return `the load generator was at its limit (${why})`;
  if ((heldBack?.pressureShare ?? 0) > LEAST_PRESSURE) {
    return `other programs competed for the CPU (for ${formatRatio(heldBack?.pressureShare ?? 0)} of the run)`;
  }
  return 'k6 was held up';
}

function lateRemedy({ generator }: Evidence): string {
  const { heldBack, saturated } = generator;
  if ((heldBack?.quotaMs ?? 0) > LEAST_QUOTA_MS) {
    return 'Raise the CPU quota of the container, or lower the rate.';
  }
  if (saturated) return 'Use a larger machine, more --clients or a lower rate.';
  return 'Run again on an otherwise idle machine, or with a lower rate.';
}
