import { z } from 'zod';

const lag = (meaning: string) =>
  z.number().nonnegative().nullable().describe(meaning).meta({ unit: 'ms' });

export const lagStatsSchema = z
  .object({
    count: z.int().nonnegative().describe('Orders that it is of.').meta({ unit: 'orders' }),
    p50: lag('Median, or null when it is not known.'),
    p95: lag('95th percentile. Null when it falls among orders that were not stored.'),
    p99: lag('99th percentile, likewise.'),
    max: lag('Longest, likewise.'),
  })
  .describe('Time from an order’s acceptance to its `storedAt`, nearest rank.')
  .meta({ id: 'LagStats' });
