import { EMPTY_HISTOGRAM } from '../histogram/histogram.ts';
import type { NotSentReason } from '../order/not-sent.ts';
import type { Evidence } from './evidence.ts';
import { formatCount, formatMs, formatRatio } from './format-figure.ts';
import {
  type GeneratorShare,
  generatorShare,
  type JudgedLoad,
  LATE_MS,
} from './generator-share.ts';
import { keptBackOf } from './not-sent-figures.ts';
import { servedOf } from './outcome-counts.ts';
import { judgedLatency } from './thresholds.ts';

/** A quota that took less of the run than this explains nothing. */
const LEAST_QUOTA_MS = 50;
/** Above this share of the run other programs were in the way. */
const LEAST_PRESSURE = 0.2;

/** What the load generator may have changed about the verdict of a whole run. */
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

/** Why the run decides nothing for the load generator's doing, each with the remedy; empty where it does. */
export function generatorReasons(evidence: Evidence, share = shareOfRun(evidence)): string[] {
  const { generator, plan } = evidence;
  const reasons: string[] = [];
  if (share.isOtherLoad) {
    reasons.push(
      `${lateText(evidence, share)}, so the load came in bunches and was not the one that was asked for. ${lateRemedy(evidence)}`,
    );
  } else if (generator.saturated && generator.latenessMs === undefined) {
    // Where lateness is known, it says whether being busy delayed anything.
    reasons.push(
      `The load generator was saturated (${generator.why ?? 'no detail'}), so the figures describe it and not the target. Use a larger machine or a lower rate.`,
    );
  }
  if (share.verdict !== null) return reasons;
  // One order that was not sent must not hide that all others were late.
  const load = loadOfRun(evidence);
  const onTime = generatorShare({ ...load, lateness: EMPTY_HISTOGRAM });
  if (onTime.verdict === null) {
    reasons.push(
      `${droppedText(evidence)}: ${undecided(evidence, onTime)}. ${droppedRemedy(evidence)}`,
    );
    return reasons;
  }
  const allSent = { ...load, offered: load.offered - load.dropped, dropped: 0, keptBack: 0 };
  // Neither may be enough alone.
  const isBoth = load.dropped > 0 && generatorShare(allSent).verdict !== null;
  if (isBoth) reasons.push(`${droppedText(evidence)}. ${droppedRemedy(evidence)}`);
  if (!share.isOtherLoad) {
    reasons.push(
      `${share.lateOrders > 0 ? lateText(evidence, share) : `The load generator itself was late by up to ${formatMs(generator.latenessMs?.p95 ?? 0)}`}: without that${isBoth ? ', and with all orders sent,' : ''} the service levels of ${formatRatio(plan.slo.successRatio)} stored and p95 ${formatMs(plan.slo.p95Ms)} may have been met. ${lateRemedy(evidence)}`,
    );
  }
  return reasons;
}

/** What the generator could not do, where that changes nothing. */
export function generatorNotes(evidence: Evidence, share = shareOfRun(evidence)): string[] {
  const notes: string[] = [];
  if (evidence.requests.dropped > 0) {
    notes.push(`${droppedText(evidence)}, which changes nothing about the verdict.`);
  }
  if (share.lateOrders > 0) {
    notes.push(`${lateText(evidence, share)}; lateness is in no latency.`);
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
    // It may be too slow in truth: a run with all orders sent tells.
    const slow = best.isFast
      ? ''
      : `; the p95 of what was sent would miss the SLO of ${formatMs(plan.slo.p95Ms)}, but may include waits for that limit`;
    return `success lies between ${formatRatio(worst.successRatio ?? 0)} and ${formatRatio(best.successRatio ?? 0)}, and the SLO of ${formatRatio(plan.slo.successRatio)} in between${slow}`;
  }
  return `p95 lies between ${formatMs(best.p95Ms)} and ${formatMs(worst.p95Ms)}, and the SLO of ${formatMs(plan.slo.p95Ms)} in between`;
}

function droppedRemedy({ plan, generator }: Evidence): string {
  const [first] = generator.notSent ?? [];
  if (first === undefined) return 'Use a larger machine or a lower rate.';
  if (first.why === 'inFlight' && plan.inFlightLimit !== undefined) {
    const { what, mend } = plan.inFlightLimit;
    return `Up to ${plan.inFlightBound} orders may have to be in flight at once, but ${what}. Either ${mend}, and raise --max-in-flight if you set it lower, or lower the rate.`;
  }
  if (first.why === 'inFlight' && plan.maxInFlight >= plan.inFlightBound) {
    return `Raise --max-in-flight above ${plan.maxInFlight}, or give a shorter --timeout.`;
  }
  return REASONS[first.why].remedy(plan.inFlightBound);
}

const REASONS: Readonly<
  Record<NotSentReason, { readonly what: string; readonly remedy: (bound: number) => string }>
> = {
  inFlight: {
    what: 'as many orders as allowed were in flight already',
    remedy: (bound) => `Raise --max-in-flight to ${bound}, or lower the rate.`,
  },
  overdue: {
    what: 'k6 was held up until more than a second after they were due',
    remedy: () =>
      'Run again on a machine that does nothing else and does not sleep, or with a lower rate.',
  },
  descriptors: {
    what: 'this machine let k6 open no more files and connections',
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
    remedy: () => 'Mend the name server of this machine, or give --target by its address.',
  },
  network: {
    what: 'this machine had no network to send them by',
    remedy: () => 'Mend its network or its firewall, and run again.',
  },
  proxy: {
    what: 'the proxy that the environment names was not to be reached, or wants credentials',
    remedy: () => 'Mend HTTPS_PROXY and HTTP_PROXY, or name the host in NO_PROXY.',
  },
  request: {
    what: 'k6 refused to make the requests: a header or the address is not valid',
    remedy: () =>
      'k6.log names it; look at the variables of --header, --bearer-env and --api-key-env, and at the headers of the config.',
  },
  virtualUsers: {
    what: 'no virtual user of k6 was free',
    remedy: (bound) =>
      `Raise --max-in-flight to ${bound}, or start the orders by an event loop (docs/your-own-scenario.md).`,
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
    return `other programs wanted the CPU (for ${formatRatio(heldBack?.pressureShare ?? 0)} of the run)`;
  }
  return 'k6 was held up';
}

function lateRemedy({ generator }: Evidence): string {
  const { heldBack, saturated } = generator;
  if ((heldBack?.quotaMs ?? 0) > LEAST_QUOTA_MS) {
    return 'Raise the CPU quota of the container, or lower the rate.';
  }
  if (saturated) return 'Use a larger machine, more --clients or a lower rate.';
  return 'Run again on a machine that does nothing else, or with a lower rate.';
}
