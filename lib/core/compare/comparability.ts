import { arrivalsName } from '../history/arrivals-name.ts';
import { FACT_NAMES, type FactKind, type LoadFacts, loadFacts } from '../history/load-facts.ts';
import { durationSeconds, peakRate } from '../load/stages.ts';
import { formatDuration, formatRate, formatRatioAgainst } from '../report/format-figure.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { formatRatioLimit } from '../text/format-limit.ts';

/** Most stages of a load that are listed. */
const SHOWN_STAGES = 2;

/** A run with the name of its side, for messages. */
export interface NamedReport {
  /** Such as `A` or `B`. */
  readonly side: string;
  readonly report: Report;
}

/** Why runs cannot be compared. */
export interface Blocker {
  /**
   * run: one of them proves nothing. mixed: the runs of a side differ. load: the sides had another load. version: they
   * were made with versions too far apart. target: their targets are of another kind.
   */
  readonly kind: 'run' | 'mixed' | 'load' | 'version' | 'target';
  /** The run that proves nothing; absent if it is not one alone. */
  readonly runId?: string;
  /** Without a period at its end. */
  readonly sentence: string;
}

/** Why runs cannot be compared; empty if they can. All others are checked against the first run. */
export function blockersOf(runs: readonly NamedReport[], maxDroppedRatio: number): Blocker[] {
  const [first, ...others] = runs;
  if (first === undefined) return [];
  const blockers = [
    ...runs.flatMap((run) => ownBlockers(run, maxDroppedRatio)),
    ...others.flatMap((other) => differences(first, other)),
  ];
  return blockers.filter(
    ({ sentence }, at) => blockers.findIndex((one) => one.sentence === sentence) === at,
  );
}

function ownBlockers({ side, report }: NamedReport, maxDroppedRatio: number): Blocker[] {
  const { run } = report;
  const named = `run ${run.id} (${side})`;
  const sentences: string[] = [];
  if (run.verdict === 'invalid') {
    const reason = (run.reasons[0] ?? 'no reason was recorded').replace(/[.]$/, '');
    sentences.push(`${named} is INVALID: ${reason}`);
  }
  if (run.status !== 'completed') {
    sentences.push(`${named} did not reach its planned end (${run.status})`);
  }
  // An INVALID run says itself what it could not send.
  if (run.verdict !== 'invalid' && droppedRatio(report) > maxDroppedRatio) {
    sentences.push(
      `${named} dropped ${formatRatioAgainst(droppedRatio(report), maxDroppedRatio)} of its orders, more than ${formatRatioLimit(maxDroppedRatio)}, so its latency belongs to a smaller load`,
    );
  }
  return sentences.map((sentence) => ({ kind: 'run', runId: run.id, sentence }));
}

/** Share of the orders of a run that were never sent. */
export function droppedRatio({ load }: Report): number {
  return load.offered === 0 ? 0 : load.dropped / load.offered;
}

interface KnownFact {
  readonly name: string;
  readonly kind: Blocker['kind'];
  readonly of: (report: Report) => string;
}

const KNOWN_FACTS: readonly KnownFact[] = [
  { name: 'scenario', kind: 'load', of: ({ run }) => run.scenario },
  { name: 'profile', kind: 'load', of: ({ run }) => run.profile },
  { name: 'arrivals', kind: 'load', of: ({ load }) => arrivalsName(load.arrivals) },
  { name: 'kind of target', kind: 'target', of: ({ target }) => target.platform },
  { name: 'k6', kind: 'version', of: ({ run }) => `${majorOf(run.k6Version)}.x` },
  {
    name: 'report version',
    kind: 'version',
    of: ({ schemaVersion }) => `${majorOf(schemaVersion)}.x`,
  },
];

function differences(one: NamedReport, other: NamedReport): Blocker[] {
  const known = KNOWN_FACTS.map(({ name, kind, of }) => ({
    name,
    kind,
    left: of(one.report),
    right: of(other.report),
  })).filter(({ left, right }) => left !== right);
  const loads = factDifferences(loadFacts(one.report), loadFacts(other.report), ['load']).map(
    ([name, left, right]) => {
      const [shownLeft, shownRight] =
        name === FACT_NAMES['stages']?.name ? shorterLoads(one, other) : [left, right];
      return { name, kind: 'load' as const, left: shownLeft, right: shownRight };
    },
  );
  return [...known, ...loads].map(({ name, kind, left, right }) =>
    one.side === other.side
      ? { kind: 'mixed', sentence: `the runs of ${one.side} differ in ${name}: ${left}, ${right}` }
      : { kind, sentence: differs(name, left, right) },
  );
}

/** Two loads as texts that differ: a load of many stages by its peak, or else by its first stage that differs. */
function shorterLoads(one: NamedReport, other: NamedReport): readonly [string, string] {
  const whole = [one, other].map(({ report }) => loadFacts(report)['stages'] ?? '');
  const short = [one, other].map(({ report: { load } }, at) =>
    load.stages.length <= SHOWN_STAGES
      ? (whole[at] as string)
      : `${load.stages.length} stages up to ${formatRate(peakRate(load.stages))} in ${formatDuration(1000 * durationSeconds(load.stages))}`,
  ) as [string, string];
  if (short[0] !== short[1]) return short;
  const [left, right] = whole.map((text) => text.split(', ')) as [string[], string[]];
  const at = left.findIndex((stage, position) => stage !== right[position]);
  return [left[at] ?? short[0], right[at] ?? short[1]];
}

/** A fact that the sides differ in. */
export function differs(name: string, a: string, b: string): string {
  return `different ${name}: ${a} (A), ${b} (B)`;
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
