import type { MetricTrend } from './metric-trend.ts';
import { nightsOf } from './nights.ts';
import type { SeriesTrend } from './series-trend.ts';

/** What `npm run trend -- --json` says of a series: the verdict, the newest run and the levels by metric. */
export function trendJson({ entries, leftOut, trends, newest, verdict }: SeriesTrend) {
  const last = entries[entries.length - 1] as SeriesTrend['entries'][number];
  const { scenario, profile, load, target, targetB, facts, release } = last;
  return {
    scenario,
    profile,
    load,
    target,
    ...(targetB !== undefined && { targetB }),
    ...(facts !== undefined && { facts }),
    ...(release != null && { release }),
    verdict,
    runs: entries.length,
    leftOut,
    newestRun: last.run,
    metrics: trends.map((trend) => ({
      ...metricJson(trend),
      newest: newest.find(({ metric }) => metric === trend.metric) ?? null,
    })),
  };
}

function metricJson({ metric, entries, levels, segments, points, fresh, open }: MetricTrend) {
  const nights = nightsOf(levels);
  return {
    metric,
    segments: segments.map(({ from, to, level }) => ({
      firstRun: entries[from]?.run ?? null,
      lastRun: entries[to - 1]?.run ?? null,
      runs: to - from,
      level,
    })),
    // The number of the night in the series, so results of different nights can be compared.
    changePoints: points.map((point) => ({
      ...point,
      isNew: fresh.includes(point),
      night: nights.findLastIndex(
        ([first]) => (first?.startedAtMs ?? 0) <= Date.parse(point.startedAt),
      ),
    })),
    openChanges: open,
  };
}
