import { z } from 'zod';

const rate = (meaning: string) =>
  z.number().nonnegative().describe(meaning).meta({ unit: 'orders/s' });

export const randomArrivalsSchema = z
  .object({
    concurrency: z
      .int()
      .positive()
      .describe('Calls that may run at once: the limit that the target is known to have.')
      .meta({ unit: 'count' }),
    durationMs: z
      .number()
      .positive()
      .describe('How long a call takes its place.')
      .meta({ unit: 'ms' }),
    ratePerSecond: rate('The rate of the answer.'),
    refusedRatio: z
      .number()
      .min(0)
      .max(1)
      .describe('Share of random arrivals at that rate that finds every place taken (Erlang B).')
      .meta({ unit: 'ratio' }),
    sloRatePerSecond: rate('Rate from which on more are refused than the success SLO allows.'),
    evenRatePerSecond: rate('Rate up to which evenly spaced arrivals fit: concurrency / duration.'),
    why: z.string().describe('The same in one sentence.'),
  })
  .describe(
    'What a limit on concurrency does to users who arrive at random. Absent where no limit is known, and in older reports.',
  );

export type RandomArrivals = z.infer<typeof randomArrivalsSchema>;
