import * as z from 'zod';
import { ms, orders } from './fields.ts';

export const lagStatsSchema = z
  .object({
    count: orders('Orders that it is of.'),
    p50: ms.orNull('Median, or null when it is not known.'),
    p95: ms.orNull('95th percentile. Null when it falls among orders that were not stored.'),
    p99: ms.orNull('99th percentile, likewise.'),
    max: ms.orNull('Longest, likewise.'),
  })
  .describe('Time from an order’s acceptance to its `storedAt`, nearest rank.')
  .meta({ id: 'LagStats' });
