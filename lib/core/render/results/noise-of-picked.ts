import { majorOf } from '../../compare/comparability.ts';
import { isMeasured } from '../../compare/is-measured.ts';
import { type NoiseBetweenRuns, noiseBetweenRuns } from '../../compare/trend/noise-between-runs.ts';
import { TREND_METRICS, type TrendMetric, timedLevel } from '../../compare/trend-metric.ts';
import type { PageRun, ResultsPageData } from './results-data.ts';

/**
 * The noise that two runs are held against: of the other runs of A's series at its present level, or of
 * B's where A's has no other run, as `npm run compare` takes it. A metric without eight such runs is absent.
 */
export function noiseOfPicked(
  a: PageRun,
  b: PageRun,
  { runs, series }: Pick<ResultsPageData, 'runs' | 'series'>,
): Partial<Record<TrendMetric, NoiseBetweenRuns>> {
  const othersOf = (position: number) =>
    runs.filter(
      (run) =>
        run.series === position &&
        run.run !== a.run &&
        run.run !== b.run &&
        isMeasured(run) &&
        majorOf(run.k6Version) === majorOf(a.k6Version),
    );
  const ofA = othersOf(a.series);
  const [position, others] = ofA.length > 0 ? [a.series, ofA] : [b.series, othersOf(b.series)];
  const levelSince = series[position]?.levelSince ?? {};
  return Object.fromEntries(
    TREND_METRICS.flatMap((metric) => {
      const since = levelSince[metric];
      if (since === undefined) return [];
      const levels = others
        .filter(({ startedAt }) => startedAt >= since)
        .flatMap((run) => timedLevel(run, metric) ?? [])
        .sort((one, other) => one.startedAtMs - other.startedAtMs);
      const noise = noiseBetweenRuns(levels);
      return noise === null ? [] : [[metric, noise]];
    }),
  );
}
