import * as z from 'zod';
import { positiveCount, positiveMs, rate, share } from './fields.ts';

export const randomArrivalsSchema = z
  .object({
    concurrency: positiveCount(
      'Calls that may run at once: the limit that the target is known to have.',
    ),
    durationMs: positiveMs('How long a call takes its place.'),
    ratePerSecond: rate('The rate of the answer.'),
    refusedRatio: share(
      'Share of random arrivals at that rate that finds every place taken (Erlang B).',
    ),
    sloRatePerSecond: rate('Rate from which on more are refused than the success SLO allows.'),
    evenRatePerSecond: rate('Rate up to which evenly spaced arrivals fit: concurrency / duration.'),
    why: z.string().describe('The same in one sentence.'),
  })
  .describe(
    'What a limit on concurrency does to users who arrive at random. Absent where no limit is known, and in older reports.',
  );

export type RandomArrivals = z.infer<typeof randomArrivalsSchema>;
