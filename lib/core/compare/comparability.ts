import { arrivalsName } from '../history/arrivals-name.ts';
import { FACT_NAMES, type FactKind, type LoadFacts, loadFacts } from '../history/load-facts.ts';
import { formatRatioAgainst } from '../report/format-figure.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { formatRatioLimit } from '../text/format-limit.ts';

/** A run with the name of its side, for messages. */
export interface NamedReport {
  /** Such as `A` or `B`. */
  readonly side: string;
  readonly report: Report;
}

/**
 * Why runs cannot be compared, one sentence each; empty if they can. All others are checked against the first
 * run.
 */
export function incomparableReasons(
  runs: readonly NamedReport[],
  maxDroppedRatio: number,
): string[] {
  const [first, ...others] = runs;
  if (first === undefined) return [];
  const reasons = [
    ...runs.flatMap((run) => ownReasons(run, maxDroppedRatio)),
    ...others.flatMap((other) => differences(first, other)),
  ];
  return [...new Set(reasons)];
}

function ownReasons({ side, report }: NamedReport, maxDroppedRatio: number): string[] {
  const { run, load } = report;
  const named = `run ${run.id} (${side})`;
  const reasons: string[] = [];
  if (run.verdict === 'invalid') {
    reasons.push(`${named} is INVALID: ${run.reasons[0] ?? 'no reason was recorded'}`);
  }
  if (run.status !== 'completed') {
    reasons.push(`${named} did not reach its planned end (${run.status})`);
  }
  const dropped = load.offered === 0 ? 0 : load.dropped / load.offered;
  if (dropped > maxDroppedRatio) {
    reasons.push(
      `${named} dropped ${formatRatioAgainst(dropped, maxDroppedRatio)} of its orders, more than ${formatRatioLimit(maxDroppedRatio)}, so its latency belongs to a smaller load`,
    );
  }
  return reasons;
}

function differences(one: NamedReport, other: NamedReport): string[] {
  const facts: readonly [name: string, of: (report: Report) => string][] = [
    ['scenario', ({ run }) => run.scenario],
    ['profile', ({ run }) => run.profile],
    ['arrivals', ({ load }) => arrivalsName(load.arrivals)],
    ['kind of target', ({ target }) => target.platform],
    ['k6', ({ run }) => `${majorOf(run.k6Version)}.x`],
    ['report version', ({ schemaVersion }) => `${majorOf(schemaVersion)}.x`],
  ];
  const known = facts.map(([name, of]) => [name, of(one.report), of(other.report)] as const);
  const differing = factDifferences(loadFacts(one.report), loadFacts(other.report), ['load']);
  return [...known.filter(([, left, right]) => left !== right), ...differing].map(
    ([name, left, right]) =>
      one.side === other.side
        ? `the runs of ${one.side} differ in ${name}: ${left} and ${right}`
        : `different ${name}: ${one.side} has ${left}, ${other.side} has ${right}`,
  );
}

/** How two sides differ apart from the load: in the target and the authentication. One sentence, or null. */
export function otherDifferences(a: Report, b: Report): string | null {
  const differing = factDifferences(loadFacts(a), loadFacts(b), ['access', 'place']);
  if (differing.length === 0) return null;
  const parts = differing.map(([name, left, right]) => `${name} (A: ${left}; B: ${right})`);
  return `The sides differ in ${parts.join(', ')}. Any effect of that counts as an effect of B.`;
}

/** The facts of the given kinds that both sides have and that differ. */
function factDifferences(
  one: LoadFacts,
  other: LoadFacts,
  kinds: readonly FactKind[],
): (readonly [name: string, one: string, other: string])[] {
  return Object.entries(FACT_NAMES).flatMap(([key, { name, kind }]) => {
    const [left, right] = [one[key], other[key]];
    if (left === undefined || right === undefined || left === right) return [];
    return kinds.includes(kind) ? [[name, left, right] as const] : [];
  });
}

export function majorOf(version: string): string {
  return version.replace(/^v/, '').split('.')[0] as string;
}
