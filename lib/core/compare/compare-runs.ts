import type { HistoryEntry } from '../history/history-entry.ts';
import { LATENCY_METRICS } from '../history/latency-metric.ts';
import type { Report } from '../report/schema/report-schema.ts';
import type { ConfirmedPoint } from '../trend/confirmed-point.ts';
import { FLOOR_RUNS } from '../trend/night-noise.ts';
import { pointsOfSeries } from '../trend/series-of.ts';
import { blockersOf, otherDifferences } from './comparability.ts';
import { type CompareSettings, DEFAULT_SETTINGS } from './compare-settings.ts';
import { comparedRun, pastRun } from './compared-run.ts';
import type { Comparison, ComparisonSide } from './comparison.ts';
import { judgeMetrics, type NamedTest } from './judge-metrics.ts';
import { latencyTest } from './latency-test.ts';
import { loadChecks } from './load-checks.ts';
import { metricList } from './metric-words.ts';
import { asSentence, runSteps, stepText } from './next-steps.ts';
import { type ConfirmedChange, shortFloor } from './noise-floor.ts';
import { pastRuns } from './past-runs.ts';
import { reasonsOf } from './reasons.ts';
import { modeOf, type Sides } from './sides.ts';
import { successTest } from './success-test.ts';
import { verdictOfMetrics } from './verdict-of-metrics.ts';

export interface NamedSide {
  /** Name that the user gave. */
  readonly name: string;
  readonly reports: readonly Report[];
}

export interface CompareInput {
  /** Null if B is a candidate that is compared with the history. */
  readonly a: NamedSide | null;
  readonly b: NamedSide;
  /** Past runs, in any order and of any scenario. */
  readonly history: readonly HistoryEntry[];
  /** Changes of level in the history that trends have confirmed, in any series. */
  readonly confirmed?: readonly ConfirmedPoint[];
  /** Name that the user gave. */
  readonly historyName?: string;
}

/**
 * Compares runs: one with one, repeated runs with repeated runs, or a candidate with a history. Deterministic.
 * Which noise each of these accounts for, and how reliable the verdicts are: docs/method/compare.md.
 * @throws RangeError if a side has no run, or both share one.
 */
export function compareRuns(
  { a, b, history, confirmed = [], historyName }: CompareInput,
  settings: CompareSettings = DEFAULT_SETTINGS,
): Comparison {
  const first = b.reports[0];
  if (first === undefined || a?.reports.length === 0) throw new RangeError('a side has no run');
  const named = [
    ...(a?.reports ?? []).map((report) => ({ side: 'A', report })),
    ...b.reports.map((report) => ({ side: 'B', report })),
  ];
  const blockers = blockersOf(named, settings.maxDroppedRatio);
  const { entries: past, whyNone } = pastRuns(
    history,
    named.map(({ report }) => report),
    historyName ?? 'the history',
  );
  const sides: Sides = {
    a: (a?.reports ?? []).map(comparedRun),
    b: b.reports.map(comparedRun),
    history: past.map(pastRun),
    confirmed: confirmedIn(past, confirmed),
  };
  const mode = modeOf(sides);
  const checks = loadChecks(a?.reports ?? [], b.reports, settings);
  // A rate that follows from another blocker is no fact of its own.
  const rate = checks.find(({ name, ok }) => name === 'rps' && !ok);
  if (blockers.length === 0 && rate !== undefined) {
    blockers.push({ kind: 'run', sentence: rate.sentence });
  }
  const tests = blockers.length > 0 ? [] : testsOf(sides);
  const metrics = judgeMetrics(tests, mode, settings);
  const verdict = blockers.length > 0 ? 'incomparable' : verdictOfMetrics(metrics);
  const incomparable = blockers.map(({ sentence }) => sentence);
  const amount = {
    mode,
    runsA: sides.a.length,
    runsB: sides.b.length,
    rounds: 0,
    pastRuns: shortFloor(sides.history, 'p50', sides.confirmed)?.runs ?? sides.history.length,
  };
  const reasons =
    blockers.length > 0
      ? incomparable.map(asSentence)
      : reasonsOf(verdict, metrics, amount, settings);
  const next = runSteps({
    a,
    b,
    historyName: historyName ?? null,
    verdict,
    blockers,
    metrics,
    amount,
  });
  return {
    comparisonVersion: '1.0',
    verdict,
    headline: reasons[0] ?? '',
    reasons,
    mode,
    scenario: first.run.scenario,
    profile: first.run.profile,
    a: a === null ? historySide(past) : sideOf(a),
    b: sideOf(b),
    incomparable,
    metrics,
    checks,
    notes:
      blockers.length > 0
        ? []
        : [...(whyNone === null ? [] : [whyNone]), ...notesOf(a?.reports ?? [], b.reports, tests)],
    next,
    advice: next.map(stepText),
    historyRuns: Math.max(0, ...tests.map(({ tested }) => tested.historyRuns)),
    settings,
  };
}

/** The test of every metric of two sides, not judged yet. */
export function testsOf(sides: Sides): NamedTest[] {
  return [
    ...LATENCY_METRICS.map((metric) => ({ metric, tested: latencyTest(metric, sides) })),
    { metric: 'successRatio' as const, tested: successTest(sides) },
  ];
}

function confirmedIn(
  past: readonly HistoryEntry[],
  confirmed: readonly ConfirmedPoint[],
): ConfirmedChange[] {
  return pointsOfSeries(past, confirmed).flatMap(({ metric, startedAt, before, after }) =>
    metric === 'rps'
      ? []
      : [
          {
            metric: metric === 'success' ? 'successRatio' : metric,
            startedAtMs: Date.parse(startedAt),
            isRise: after > before,
          },
        ],
  );
}

function sideOf({ name, reports }: NamedSide): ComparisonSide {
  const commits = reports.flatMap(({ run }) => run.gitCommit ?? []);
  return {
    name,
    target: reports[0]?.target.label ?? '',
    runs: reports.map(({ run }) => run.id),
    commits: [...new Set(commits)],
    scenario: reports[0]?.run.scenario ?? null,
    profile: reports[0]?.run.profile ?? null,
    ...releasesOf(reports.map(({ run }) => run.release)),
  };
}

function releasesOf(all: readonly (string | null | undefined)[]): { releases?: readonly string[] } {
  const known = [...new Set(all.flatMap((release) => release ?? []))];
  return known.length === 0 ? {} : { releases: known };
}

function historySide(past: readonly HistoryEntry[]): ComparisonSide {
  const used = past.slice(-FLOOR_RUNS.most);
  return {
    name: 'the history',
    target: used[0]?.target.label ?? 'this scenario, load and target',
    runs: used.map(({ run }) => run),
    commits: [...new Set(used.flatMap(({ commit }) => commit ?? []))],
    scenario: used[0]?.scenario ?? null,
    profile: used[0]?.profile ?? null,
    ...releasesOf(used.map(({ release }) => release)),
  };
}

function notesOf(
  a: readonly Report[],
  b: readonly Report[],
  tests: readonly NamedTest[],
): string[] {
  const notes: string[] = [];
  const noisier = tests.filter(({ tested }) => tested.noisierThanHistory);
  if (noisier.length > 0) {
    notes.push(
      `These runs vary more than those in the history (${metricList(noisier)}), so the history was not used for these metrics.`,
    );
  }
  const [firstA, firstB] = [a[0], b[0]];
  const other = firstA && firstB ? otherDifferences(firstA, firstB) : null;
  if (other !== null) notes.push(other);
  const starts = (reports: readonly Report[]) => reports.map(({ run }) => run.startedAt).sort();
  const [startsA, startsB] = [starts(a), starts(b)];
  const apart =
    (startsA.at(-1) ?? '') < (startsB[0] ?? '') || (startsB.at(-1) ?? '') < (startsA[0] ?? '');
  if (a.length > 1 && b.length > 1 && apart) {
    notes.push(
      'All runs of one side came before those of the other, so anything else that changed in between counts as an effect of B. Run them alternately, or use npm run load:ab.',
    );
  }
  const cpus = new Set([...a, ...b].map(({ run }) => run.hostCpus));
  if (cpus.size > 1) {
    notes.push('The machines that ran the load differ in CPU count, which may affect latency.');
  }
  return notes;
}
