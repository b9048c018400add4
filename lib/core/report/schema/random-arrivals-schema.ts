import * as z from 'zod';
import { positiveCount, positiveMs, rate, share } from './fields.ts';

export const randomArrivalsSchema = z
  .object({
    concurrency: positiveCount('Calls that may run concurrently: the known limit of the target.'),
    durationMs: positiveMs('Time for which a call occupies an environment.'),
    ratePerSecond: rate('The rate that the answer names.'),
    refusedRatio: share(
      'Share of random arrivals at that rate that find every environment occupied (Erlang B).',
    ),
    sloRatePerSecond: rate(
      'Rate above which more arrivals are refused than the success SLO allows.',
    ),
    evenRatePerSecond: rate(
      'Highest rate of evenly spaced arrivals without a refusal: concurrency / duration.',
    ),
    why: z.string().describe('All of this in one sentence.'),
  })
  .describe(
    'What a concurrency limit does to users who arrive at random. Absent if no limit is known, and in older reports.',
  );

export type RandomArrivals = z.infer<typeof randomArrivalsSchema>;
