import { nightsOf } from '../../lib/core/compare/nights.ts';
import type { SeriesTrend } from '../../lib/core/compare/trend/series-trend.ts';

/** What `npm run trend -- --json` says of a series: the verdict, the newest run and the levels by metric. */
export function trendJson({ entries, leftOut, trends, newest, verdict }: SeriesTrend) {
  const last = entries[entries.length - 1] as SeriesTrend['entries'][number];
  const { scenario, profile, load, target, targetB } = last;
  return {
    scenario,
    profile,
    load,
    target,
    ...(targetB !== undefined && { targetB }),
    verdict,
    runs: entries.length,
    leftOut,
    newestRun: last.run,
    metrics: trends.map(({ metric, entries: runs, levels, segments, points, fresh, open }) => ({
      metric,
      newest: newest.find((one) => one.metric === metric) ?? null,
      segments: segments.map(({ from, to, level }) => ({
        firstRun: runs[from]?.run ?? null,
        lastRun: runs[to - 1]?.run ?? null,
        runs: to - from,
        level,
      })),
      // Which night of the series it is, so that looks at it can be held against each other.
      changePoints: points.map((point) => ({
        ...point,
        isNew: fresh.includes(point),
        night: nightsOf(levels).findLastIndex(
          ([first]) => (first?.startedAtMs ?? 0) <= Date.parse(point.startedAt),
        ),
      })),
      openChanges: open,
    })),
  };
}
