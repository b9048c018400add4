import * as z from 'zod';
import {
  ms,
  msInterval,
  orders,
  positiveRate,
  positiveSeconds,
  share,
  shareInterval,
} from './fields.ts';

/** What keeps a step from its service levels. */
export const LIMITS = ['throttled', 'latency', 'errors', 'generator'] as const;

export const limitSchema = z
  .enum(LIMITS)
  .describe(
    'throttled: refused for too many requests, or refused without a reason where the platform counted as many throttles. latency: too slow, timeouts included. errors: failed in any other way. generator: the load was not made as planned, so nothing is known of the target.',
  );

export const judgedStepSchema = z
  .object({
    name: z.string().describe('Name of the step, or `refine-n` for one of `refinements`.'),
    ratePerSecond: positiveRate('Arrival rate that was held.'),
    seconds: positiveSeconds('Time that is judged, after the settling part.'),
    offered: orders('Orders that fell due: started, and those that were dropped.'),
    served: orders('Orders that were stored: created and duplicate.'),
    successRatio: share.orNull('served / offered. Null when nothing was offered.'),
    successRatioInterval: shareInterval.orNull('95% Wilson score interval of it.'),
    p95Ms: ms.orNull(
      '95th percentile of the latency of stored orders and timeouts, which count as taking the whole request timeout.',
    ),
    p95IntervalMs: msInterval.orNull(
      '95% interval of it, by the ranks that its position may have.',
    ),
    meanMs: ms.orNull('Mean latency of stored orders.'),
    handlerMeanMs: ms
      .orNull('Mean of the handler’s own duration. Absent where no answer of the step carried it.')
      .optional(),
    ok: z.boolean().describe('It was offered as planned and met the success and the latency SLO.'),
    clear: z
      .boolean()
      .describe(
        'The intervals leave no doubt of `ok`: they lie wholly on one side of the SLO. Too few orders leave it false.',
      ),
    limit: limitSchema.nullable().describe('What kept it from being ok, or null when it is.'),
    why: z.string().nullable().describe('What missed the SLO, in words, with the figures.'),
  })
  .meta({ id: 'JudgedStep' });

export type JudgedStep = z.infer<typeof judgedStepSchema>;
export type Limit = (typeof LIMITS)[number];
