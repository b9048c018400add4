import type { HistoryEntry } from '../history/history-entry.ts';
import { LATENCY_METRICS } from '../history/latency-metric.ts';
import type { Report } from '../report/schema/report-schema.ts';
import type { ConfirmedPoint } from '../trend/confirmed-point.ts';
import { FLOOR_RUNS } from '../trend/night-noise.ts';
import { pointsOfSeries } from '../trend/series-of.ts';
import { incomparableReasons, otherDifferences } from './comparability.ts';
import { type CompareSettings, DEFAULT_SETTINGS } from './compare-settings.ts';
import { comparedRun, pastRun } from './compared-run.ts';
import type { CompareMode, Comparison, ComparisonSide, MetricComparison } from './comparison.ts';
import { judgeMetrics, type NamedTest } from './judge-metrics.ts';
import { latencyTest } from './latency-test.ts';
import { loadChecks } from './load-checks.ts';
import type { ConfirmedChange } from './noise-floor.ts';
import { pastRuns } from './past-runs.ts';
import { modeOf, type Sides } from './sides.ts';
import { successTest } from './success-test.ts';
import { headlineOf, verdictOfMetrics } from './verdict-of-metrics.ts';

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
  { a, b, history, confirmed = [], historyName = 'the history' }: CompareInput,
  settings: CompareSettings = DEFAULT_SETTINGS,
): Comparison {
  const first = b.reports[0];
  if (first === undefined || a?.reports.length === 0) throw new RangeError('a side has no run');
  const named = [
    ...(a?.reports ?? []).map((report) => ({ side: 'A', report })),
    ...b.reports.map((report) => ({ side: 'B', report })),
  ];
  const incomparable = incomparableReasons(named, settings.maxDroppedRatio);
  const { entries: past, whyNone } = pastRuns(
    history,
    named.map(({ report }) => report),
    historyName,
  );
  const sides: Sides = {
    a: (a?.reports ?? []).map(comparedRun),
    b: b.reports.map(comparedRun),
    history: past.map(pastRun),
    confirmed: confirmedIn(past, confirmed),
  };
  const mode = modeOf(sides);
  const checks = loadChecks(a?.reports ?? [], b.reports, settings);
  incomparable.push(...checks.filter(({ ok }) => !ok).map(({ sentence }) => sentence));
  const tests = incomparable.length > 0 ? [] : testsOf(sides);
  const metrics = judgeMetrics(tests, mode, settings);
  const verdict = incomparable.length > 0 ? 'incomparable' : verdictOfMetrics(metrics);
  return {
    comparisonVersion: '1.0',
    verdict,
    headline: headlineOf(verdict, metrics, incomparable),
    mode,
    scenario: first.run.scenario,
    profile: first.run.profile,
    a: a === null ? historySide(past) : sideOf(a),
    b: sideOf(b),
    incomparable,
    metrics,
    checks,
    notes: [
      ...(whyNone === null || incomparable.length > 0 ? [] : [whyNone]),
      ...notesOf(a?.reports ?? [], b.reports, tests),
    ],
    advice: adviceOf(metrics, mode, first.run.scenario),
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
      `These runs vary more than those in the history (${noisier.map(({ metric }) => metric).join(', ')}), so the history was not used for these metrics.`,
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

function adviceOf(
  metrics: readonly MetricComparison[],
  mode: CompareMode,
  scenario: string,
): string[] {
  const has = (...whys: (MetricComparison['why'] | null)[]) =>
    metrics.some(({ why }) => why !== null && whys.includes(why));
  const advice: string[] = [];
  if (has('no-noise-floor', 'short-history')) {
    advice.push(
      `Any of these would settle it: npm run load:ab with both deployments; five runs of ${scenario} per side, in two folders; or npm run calibrate, then compare with --history results/calibration.`,
    );
  }
  if (has('too-noisy')) {
    advice.push(
      mode === 'candidate'
        ? 'Noise that affects a whole night averages out only if both versions run in the same night: run them alternately and compare the two folders. npm run load:ab does it with the least noise.'
        : 'More runs per side, made alternately, make the interval narrower. npm run load:ab does it with the least noise.',
    );
  }
  return advice;
}
