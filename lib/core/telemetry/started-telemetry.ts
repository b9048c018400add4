import { countOf } from '../histogram/count.ts';
import type { Cumulative } from './cumulative.ts';
import type { SeriesId } from './series-id.ts';

/**
 * Number of started orders in a series' value, or in its increase. An event loop records the lateness of each order
 * before anything else of it, so the count of that histogram is the number of orders. A separate counter would cost k6
 * a thirtieth of its CPU, and could lack the last few (`talliesByStep`). Orders that wait in VUs have no known
 * lateness, so a counter counts them.
 */
export function startedIn({ kind }: Pick<SeriesId, 'kind'>, value: Cumulative): number {
  if (kind === 'started' && typeof value === 'number') return value;
  return kind === 'latenessPow8' && typeof value === 'object' ? countOf(value) : 0;
}
