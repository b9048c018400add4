import * as z from 'zod';
import { ms, orders } from './fields.ts';

export const lagStatsSchema = z
  .object({
    count: orders('Number of orders.'),
    p50: ms.orNull('Median. Null if not known.'),
    p95: ms.orNull('95th percentile. Null if it falls among orders that were not stored.'),
    p99: ms.orNull('99th percentile. Null if it falls among orders that were not stored.'),
    max: ms.orNull('Longest. Null if any order was not stored.'),
  })
  .describe('Time from an order’s acceptance to its `storedAt`, with nearest-rank percentiles.')
  .meta({ id: 'LagStats' });
