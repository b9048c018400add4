import { z } from 'zod';
import type { Histogram } from '../../histogram/histogram.ts';

const bucketSchema = z.tuple([z.int(), z.int().positive()]).readonly();

/** The JSON form of a `Histogram`. */
export const histogramSchema = z
  .object({
    schema: z
      .literal(6)
      .describe('Schema of the Prometheus native histogram: 64 buckets per doubling.'),
    zeroCount: z
      .int()
      .nonnegative()
      .describe('Values too small for a bucket.')
      .meta({ unit: 'count' }),
    buckets: z
      .array(bucketSchema)
      .readonly()
      .describe(
        'Pairs of bucket index i and count, sorted by index: how many values v had 2^((i-1)/64) < v <= 2^(i/64). Every bucket is 1.09 % wide.',
      ),
  })
  .describe(
    'A histogram that can be merged with others without loss: add the counts of equal buckets. Percentiles are always computed from it, never averaged.',
  )
  .meta({ id: 'Histogram' }) satisfies z.ZodType<Histogram>;
