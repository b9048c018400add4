import { EMPTY_HISTOGRAM } from '../histogram/histogram.ts';
import type { NotSentReason } from '../order/not-sent.ts';
import { formatMsLimit, formatRatioLimit } from '../text/format-limit.ts';
import type { Evidence } from './evidence.ts';
import type { Fault } from './fault.ts';
import {
  formatCount,
  formatMs,
  formatMsAgainst,
  formatRatio,
  formatRatioAgainst,
  groupDigits,
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

/** Why no conclusion can be drawn because of the load generator; empty if one can. */
export function generatorFaults(evidence: Evidence, share = shareOfRun(evidence)): Fault[] {
  const { generator, plan } = evidence;
  const faults: Fault[] = [];
  if (share.isOtherLoad) {
    faults.push({
      cause: 'bunched',
      text: `${lateText(evidence, share)}, so the load came in bunches and was not the planned one.`,
    });
  } else if (generator.saturated && generator.latenessMs === undefined) {
    // If lateness is known, it shows whether a busy generator delayed anything.
    faults.push({
      cause: 'saturated',
      text: `The load generator was saturated (${generator.why ?? 'no detail'}), so the figures describe the generator and not the target.`,
    });
  }
  if (share.verdict !== null) return faults;
  // A single dropped order must not hide that all others were late.
  const load = loadOfRun(evidence);
  const onTime = generatorShare({ ...load, lateness: EMPTY_HISTOGRAM });
  if (onTime.verdict === null) {
    faults.push({
      cause: 'dropped',
      text: `${droppedText(evidence)}: ${undecided(evidence, onTime)}.`,
    });
    return faults;
  }
  const allSent = { ...load, offered: load.offered - load.dropped, dropped: 0, keptBack: 0 };
  // Dropped and late orders may only matter together.
  const isBoth = load.dropped > 0 && generatorShare(allSent).verdict !== null;
  if (isBoth) faults.push({ cause: 'dropped', text: `${droppedText(evidence)}.` });
  if (!share.isOtherLoad) {
    faults.push({
      cause: 'late',
      text: `${share.lateOrders > 0 ? lateText(evidence, share) : `The load generator itself was late by up to ${formatMs(generator.latenessMs?.p95 ?? 0)}`}: without that${isBoth ? ', and with all orders sent,' : ''} the SLOs of ${formatRatioLimit(plan.slo.successRatio)} success and p95 ${formatMsLimit(plan.slo.p95Ms)} might have been met.`,
    });
  }
  return faults;
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

function droppedText({ plan, requests, generator }: Evidence): string {
  const share = formatRatio(requests.dropped / requests.offered);
  const reasons = (generator.notSent ?? []).map(({ why }) => whyNotSent(why, plan, generator));
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

/** Below this share of the virtual users in use, k6 was still creating the others. */
const MOST_IN_USE = 0.9;

/** Why orders were not sent, as the end of a sentence. */
function whyNotSent(
  why: NotSentReason,
  { maxInFlight }: Evidence['plan'],
  { peakVUs }: Evidence['generator'],
): string {
  if (why === 'virtualUsers' && peakVUs !== null && peakVUs < MOST_IN_USE * maxInFlight) {
    return `k6 did not start virtual users fast enough (${groupDigits(peakVUs)} of ${groupDigits(maxInFlight)} in use)`;
  }
  return WHY_NOT_SENT[why];
}

/** Why orders were not sent, as the end of a sentence. */
export const WHY_NOT_SENT: Readonly<Record<NotSentReason, string>> = {
  inFlight: 'the limit of orders in flight was reached',
  overdue: 'k6 was held up until more than a second after they were due',
  descriptors: 'k6 reached the limit of open files and connections on this machine',
  ports: 'this machine had no local port left for a connection',
  memory: 'this machine had no memory left for a connection',
  nameServer: "the name server did not resolve the target's name",
  network: 'this machine had no network connection',
  proxy: 'the proxy named in the environment could not be reached, or requires credentials',
  request: 'k6 refused to make the requests: a header or the address is not valid',
  virtualUsers: 'no virtual user of k6 was free',
};

function lateText({ generator }: Evidence, { lateOrders, lateShare }: GeneratorShare): string {
  return `${formatCount(lateOrders, 'order')} (${formatRatio(lateShare)}) started more than ${LATE_MS} ms after they were due (p99 ${formatMs(generator.latenessMs?.p99 ?? null)}), because ${lateCause(generator)}`;
}

/** What held k6 up: a CPU quota, its own work, other programs, or nothing known. */
export function heldUpBy({
  heldBack,
  saturated,
}: Pick<Evidence['generator'], 'heldBack' | 'saturated'>): 'quota' | 'itself' | 'others' | null {
  if ((heldBack?.quotaMs ?? 0) > LEAST_QUOTA_MS) return 'quota';
  if (saturated) return 'itself';
  return (heldBack?.pressureShare ?? 0) > LEAST_PRESSURE ? 'others' : null;
}

function lateCause(generator: Evidence['generator']): string {
  const { heldBack, why } = generator;
  switch (heldUpBy(generator)) {
    case 'quota':
      return `a CPU quota kept k6 from running (${formatMs(heldBack?.quotaMs ?? 0)} of CPU time)`;
    case 'itself':
      return `the load generator was at its limit (${why})`;
    case 'others':
      return `other programs competed for the CPU (for ${formatRatio(heldBack?.pressureShare ?? 0)} of the run)`;
    case null:
      return 'k6 was held up';
  }
}
