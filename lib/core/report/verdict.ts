import { formatMsLimit, formatRatioLimit } from '../text/format-limit.ts';
import type { Evidence } from './evidence.ts';
import { failureName, failureNames } from './failure-words.ts';
import type { Fault } from './fault.ts';
import { formatCount, formatMsAgainst, formatRatioAgainst, groupDigits } from './format-figure.ts';
import { generatorFaults, generatorNotes, shareOfRun } from './generator-reasons.ts';
import type { GeneratorShare } from './generator-share.ts';
import { invalidFaults } from './invalid-faults.ts';
import { lossesOf, lossText } from './losses.ts';
import type { Verdict } from './schema/report-schema.ts';
import { tokenReasons } from './token-reasons.ts';

/**
 * The verdict of a run and its reasons, most important first. A run is invalid if no conclusion can be drawn from it,
 * whatever its figures. Otherwise it fails if an SLO was missed or the run was stopped early. A scenario that is judged
 * step by step can only be invalid here, because it is run to breach the SLO and to be stopped then: its answer decides
 * whether it fails.
 */
export function verdictOf(evidence: Evidence): { verdict: Verdict; reasons: string[] } {
  const perStep = evidence.plan.question.judgedBy === 'step';
  const share = shareOfRun(evidence);
  const faults = faultsOf(evidence, share);
  const invalid = faults.map(({ text }) => text);
  const missed = perStep ? [] : missedReasons(evidence);
  const notes = [
    ...noteReasons(evidence),
    ...tokenReasons(evidence).notes,
    ...(faults.some(({ cause }) => OF_GENERATOR.has(cause)) ? [] : generatorNotes(evidence, share)),
  ];
  const { status, abortReason } = evidence.run;
  const aborted =
    status === 'aborted' && abortReason !== null
      ? [`The run was stopped early: ${abortReason}`]
      : [];
  if (invalid.length > 0) {
    const beside = tellsMore(faults, evidence) ? missed : [];
    const why = beside.length === 0 ? [] : whyReasons(evidence);
    return { verdict: 'invalid', reasons: [...invalid, ...aborted, ...beside, ...why, ...notes] };
  }
  if (perStep) {
    const reasons = ['Each step is judged separately.', ...aborted];
    return { verdict: 'pass', reasons: [...reasons, ...refusedReasons(evidence), ...notes] };
  }
  if (missed.length > 0 || aborted.length > 0) {
    const reasons = [...missedByTarget(evidence, share), ...aborted];
    return { verdict: 'fail', reasons: [...reasons, ...whyReasons(evidence), ...notes] };
  }
  return { verdict: 'pass', reasons: [passReason(evidence), ...notes] };
}

const OF_GENERATOR: ReadonlySet<Fault['cause']> = new Set([
  'bunched',
  'saturated',
  'dropped',
  'late',
]);

/** Why no conclusion can be drawn from a run, most important first; empty if one can. */
export function faultsOf(evidence: Evidence, share = shareOfRun(evidence)): readonly Fault[] {
  // If each step is judged separately, its answer also judges the generator for each step.
  const perStep = evidence.plan.question.judgedBy === 'step';
  return [
    ...invalidFaults(evidence),
    ...tokenReasons(evidence).invalid,
    ...(perStep ? [] : generatorFaults(evidence, share)),
  ];
}

const NOTHING_MEASURED: ReadonlySet<Fault['cause']> = new Set([
  'noTelemetry',
  'notStarted',
  'noOutcome',
  'scenarioThrew',
  'unreachable',
]);

/**
 * Whether a missed SLO tells anything beside the faults of a run: not if nothing was measured, nor if every order that
 * is missing was dropped.
 */
function tellsMore(faults: readonly Fault[], { requests, thresholds }: Evidence): boolean {
  if (faults.some(({ cause }) => NOTHING_MEASURED.has(cause))) return false;
  const isDropped = faults.some(({ cause }) => cause === 'dropped');
  const isSlow = thresholds.some(({ name, ok }) => name === 'p95' && !ok);
  return isSlow || !(isDropped && lossesOf(requests).every(({ loss }) => loss === 'dropped'));
}

/** The SLOs that were missed even at best; the load generator may be the cause of the others. */
function missedByTarget(evidence: Evidence, { best }: GeneratorShare): string[] {
  const isMetAtBest: Readonly<Record<string, boolean>> = {
    success: best.isServed,
    p95: best.isFast,
  };
  const thresholds = evidence.thresholds.filter(({ name }) => isMetAtBest[name] !== true);
  return missedReasons({ ...evidence, thresholds });
}

function missedReasons({ thresholds, requests }: Evidence): string[] {
  if (requests.total === 0) return [];
  return thresholds.flatMap((threshold) => {
    if (threshold.ok) return [];
    if (threshold.name === 'success' && threshold.observed !== null) {
      return `Success was ${formatRatioAgainst(threshold.observed, threshold.slo)}, below the SLO of ${formatRatioLimit(threshold.slo)}: of ${formatCount(requests.offered, 'order')}, ${failureList(requests)}.`;
    }
    if (threshold.name === 'p95') {
      if (threshold.observed === null) {
        return 'No order was stored, so there is no latency to judge.';
      }
      const timeouts = requests.outcomes.timeout > 0 ? ', with each timeout at its limit' : '';
      return `The p95 latency was ${formatMsAgainst(threshold.observed, threshold.slo)}, above the SLO of ${formatMsLimit(threshold.slo)}${timeouts}.`;
    }
    return [];
  });
}

function failureList(requests: Evidence['requests']): string {
  return lossesOf(requests)
    .map((one) => {
      const how = failureNames(requests.failures, one.loss);
      return `${lossText([one])}${how === '' ? '' : ` (${how})`}`;
    })
    .join(', ');
}

/** What the most frequent failure usually means, if it accounts for at least half of all failures. */
function whyReasons({ requests }: Evidence): string[] {
  const failures = requests.failures ?? [];
  const [most] = failures;
  const all = failures.reduce((sum, { orders }) => sum + orders, 0);
  if (most?.hint === undefined || most.orders * 2 < all) return [];
  const share =
    most.orders === all
      ? `All ${groupDigits(all)}`
      : `${groupDigits(most.orders)} of ${groupDigits(all)}`;
  return [`${share} failures are ${failureName(most)}: ${most.hint}.`];
}

/** What the most frequent failure means, if orders were refused, because that tells nothing about capacity. */
function refusedReasons(evidence: Evidence): string[] {
  const outcome = evidence.requests.failures?.[0]?.outcome;
  return outcome === 'rejected' || outcome === 'unexpectedBody' ? whyReasons(evidence) : [];
}

function noteReasons({ run, requests, generator }: Evidence): string[] {
  const notes: string[] = [];
  if (run.status === 'interrupted') {
    notes.push(
      'The run was interrupted: the figures are partial, and orders that were in flight count as unresolved.',
    );
  }
  const thrown = generator.exceptions.reduce((sum, { count }) => sum + count, 0);
  const [first] = generator.exceptions;
  if (first !== undefined && requests.unresolved < requests.total) {
    notes.push(
      `The scenario threw ${formatCount(thrown, 'exception')}; the most frequent: ${first.message}`,
    );
  }
  return notes;
}

function passReason({ thresholds }: Evidence): string {
  const success = thresholds.find(({ name }) => name === 'success');
  const p95 = thresholds.find(({ name }) => name === 'p95');
  const successText =
    success?.observed == null
      ? ''
      : `success ${formatRatioAgainst(success.observed, success.slo)} (SLO ${formatRatioLimit(success.slo)})`;
  const p95Text =
    p95?.observed == null
      ? ''
      : `p95 ${formatMsAgainst(p95.observed, p95.slo)} (SLO ${formatMsLimit(p95.slo)})`;
  return `Every SLO was met: ${successText}, ${p95Text}.`;
}
