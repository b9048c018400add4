import * as z from 'zod';
import type { Histogram } from '../../histogram/histogram.ts';
import { count } from './fields.ts';

/**
 * Checked by hand and passed on unchanged: a report has tens of thousands of buckets, and a schema that copies and
 * freezes each pair would take most of the time needed to read a report.
 */
const bucketsSchema = z
  .custom<Histogram['buckets']>(areBuckets, 'expected pairs of bucket index and count')
  .meta({
    readOnly: true,
    description:
      'Pairs of bucket index i and count, sorted by index: how many values v had 2^((i-1)/64) < v <= 2^(i/64). Every bucket is 1.09% wide.',
    type: 'array',
    items: {
      readOnly: true,
      type: 'array',
      prefixItems: [
        { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
        { type: 'integer', exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      ],
      items: false,
      minItems: 2,
      maxItems: 2,
    },
  });

/** The JSON form of a `Histogram`. */
export const histogramSchema = z
  .object({
    schema: z
      .literal(6)
      .describe('Schema of the Prometheus native histogram: 64 buckets per doubling.'),
    zeroCount: count('Values too small for a bucket.'),
    buckets: bucketsSchema,
  })
  .describe(
    'A histogram that can be merged with others without loss, by adding the counts of equal buckets. Percentiles are always computed from it, never averaged.',
  )
  .meta({ id: 'Histogram' }) satisfies z.ZodType<Histogram>;

function areBuckets(json: unknown): boolean {
  if (!Array.isArray(json)) return false;
  for (const entry of json as unknown[]) {
    if (!Array.isArray(entry) || entry.length !== 2) return false;
    const [index, count]: unknown[] = entry;
    if (!Number.isSafeInteger(index) || !Number.isSafeInteger(count)) return false;
    if ((count as number) <= 0) return false;
  }
  return true;
}
