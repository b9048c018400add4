import { countOf } from '../histogram/count.ts';
import type { Cumulative } from './cumulative.ts';
import type { SeriesId } from './series-id.ts';

/**
 * How many orders a series' value, or the increase of one, says were started. An event loop records how late each
 * order was started before anything else of it, so that the count of that histogram is the number of orders:
 * a counter beside it would cost k6 a thirtieth of its CPU, and can lack the last few (`talliesByStep`). Orders
 * that wait in VUs are never late by a known time, and are counted.
 */
export function startedIn({ kind }: Pick<SeriesId, 'kind'>, value: Cumulative): number {
  if (kind === 'started' && typeof value === 'number') return value;
  return kind === 'latenessPow8' && typeof value === 'object' ? countOf(value) : 0;
}
