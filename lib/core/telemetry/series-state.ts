import type { Cumulative } from './cumulative.ts';
import type { SeriesId } from './series-id.ts';

/** A series' cumulative value at one moment. */
export interface Point {
  readonly timestampMs: number;
  readonly value: Cumulative;
}

/** Everything known about one series. */
export interface SeriesState {
  readonly id: SeriesId;
  /** Newest point whose increase is in the windows. */
  settled: Point | null;
  /** Newest point that arrived, for the live view. */
  newest: Point | null;
  /** The point before the newest. */
  beforeNewest: Point | null;
  /** When the push with the newest point was made. */
  newestPushMs: number;
  /** When k6 declared the series finished. */
  staleAtMs: number | null;
  /** When the pushes were made that first and last added to it. */
  added: { readonly firstMs: number; readonly lastMs: number } | null;
}

/** A push that waits until no older one can arrive any more. */
export interface PendingPush {
  /** Newest timestamp in it. */
  readonly atMs: number;
  readonly points: readonly { readonly series: SeriesState; readonly point: Point }[];
}

export function newSeries(id: SeriesId): SeriesState {
  return {
    id,
    settled: null,
    newest: null,
    beforeNewest: null,
    newestPushMs: Number.NEGATIVE_INFINITY,
    staleAtMs: null,
    added: null,
  };
}

/** Whether the stale marker is the newest point of the series. */
export function isStale(series: SeriesState): boolean {
  return (
    series.staleAtMs !== null &&
    (series.newest === null || series.staleAtMs >= series.newest.timestampMs)
  );
}
