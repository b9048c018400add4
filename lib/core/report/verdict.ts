import { type Evidence, neverConnected } from './evidence.ts';
import { failureName, failureNames } from './failure-words.ts';
import { formatCount, formatMs, formatRatio } from './format-figure.ts';
import { generatorNotes, generatorReasons, shareOfRun } from './generator-reasons.ts';
import type { GeneratorShare } from './generator-share.ts';
import { invalidReasons } from './invalid-reasons.ts';
import type { Verdict } from './schema/report-schema.ts';
import { tokenReasons } from './token-reasons.ts';

/**
 * The verdict of a run and its reasons, most important first. A run that proves nothing is invalid
 * whatever its figures; else a missed service level, or a run that was given up, is a fail. A
 * scenario that is judged step by step is only checked for having measured: its answer decides the
 * rest, because to breach the SLO and to be stopped then is what it is run for.
 */
export function verdictOf(evidence: Evidence): { verdict: Verdict; reasons: string[] } {
  const perStep = evidence.plan.question.judgedBy === 'step';
  const share = shareOfRun(evidence);
  // Where each step is judged by itself, the generator is judged with it.
  const ofGenerator = perStep ? [] : generatorReasons(evidence, share);
  const ofToken = tokenReasons(evidence);
  const invalid = [...invalidReasons(evidence), ...ofToken.invalid, ...ofGenerator];
  const missed = perStep ? [] : missedReasons(evidence);
  // What is a reason already needs no note.
  const notesOfGenerator = ofGenerator.length > 0 ? [] : generatorNotes(evidence, share);
  const notes = [...noteReasons(evidence), ...ofToken.notes, ...notesOfGenerator];
  const { status, abortReason } = evidence.run;
  const aborted =
    status === 'aborted' && abortReason !== null
      ? [`The run was stopped early: ${abortReason}`]
      : [];
  if (invalid.length > 0) {
    const reasons = [...invalid, ...aborted, ...missed];
    // Where nothing ever answered, that is the reason already.
    const why = missed.length === 0 || neverAnswered(evidence) ? [] : whyReasons(evidence);
    return { verdict: 'invalid', reasons: [...reasons, ...why, ...notes] };
  }
  if (perStep) {
    const reasons = ['It is judged step by step.', ...aborted];
    return { verdict: 'pass', reasons: [...reasons, ...refusedReasons(evidence), ...notes] };
  }
  if (missed.length > 0 || aborted.length > 0) {
    const reasons = [...missedByTarget(evidence, share), ...aborted];
    return { verdict: 'fail', reasons: [...reasons, ...whyReasons(evidence), ...notes] };
  }
  return { verdict: 'pass', reasons: [passReason(evidence), ...notes] };
}

function neverAnswered({ requests, warmupOutcomes }: Evidence): boolean {
  return neverConnected(requests.outcomes, warmupOutcomes);
}

/** What is missed also at best; of the rest the load generator may be the cause. */
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
      return `Success was ${formatRatio(threshold.observed)} of the offered orders, below the SLO of ${formatRatio(threshold.slo)} (${failureList(requests)}).`;
    }
    if (threshold.name === 'p95') {
      return threshold.observed === null
        ? 'No order was stored, so there is no latency to judge.'
        : `The p95 latency was ${formatMs(threshold.observed)}, above the SLO of ${formatMs(threshold.slo)} (timeouts count as taking the whole request timeout).`;
    }
    return [];
  });
}

function failureList({ outcomes, dropped, unresolved, failures: ways }: Evidence['requests']) {
  const failures = Object.entries({ ...outcomes, 'not sent': dropped, unresolved })
    .filter(([name, count]) => name !== 'created' && name !== 'duplicate' && count > 0)
    .sort(([, a], [, b]) => b - a);
  return failures
    .map(([name, count]) => {
      const how = failureNames(ways, name);
      return `${count} ${name}${how === '' ? '' : ` (${how})`}`;
    })
    .join(', ');
}

/** What the most frequent failure usually means, where it is behind at least half of all that failed. */
function whyReasons({ requests }: Evidence): string[] {
  const failures = requests.failures ?? [];
  const [most] = failures;
  const all = failures.reduce((sum, { orders }) => sum + orders, 0);
  if (most?.hint === undefined || most.orders * 2 < all) return [];
  const share = most.orders === all ? `All ${all}` : `${most.orders} of ${all}`;
  return [`${share} failures are ${failureName(most)}: ${most.hint}.`];
}

/** The same where orders were refused, which says nothing of a capacity. */
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
      : `success ${formatRatio(success.observed)} (SLO ${formatRatio(success.slo)})`;
  const p95Text =
    p95?.observed == null ? '' : `p95 ${formatMs(p95.observed)} (SLO ${formatMs(p95.slo)})`;
  return `Every service level was met: ${successText}, ${p95Text}.`;
}
