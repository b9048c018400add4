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

/** What can keep a step from meeting the SLO. */
export const LIMITS = ['throttled', 'latency', 'errors', 'generator'] as const;

export const limitSchema = z
  .enum(LIMITS)
  .describe(
    'throttled: refused because of too many requests, or refused without a reason while the platform counted about as many throttles. latency: too slow, including timeouts. errors: failed in any other way. generator: the load was not generated as planned, so nothing is known about the target.',
  );

export const judgedStepSchema = z
  .object({
    name: z.string().describe('Name of the step, or `refine-n` for one of `refinements`.'),
    ratePerSecond: positiveRate('Arrival rate of the step.'),
    seconds: positiveSeconds('Judged time, after the settling part.'),
    offered: orders('Orders that fell due: sent + dropped.'),
    served: orders('Orders that were stored: created and duplicate.'),
    successRatio: share.orNull('Success: served / offered. Null if nothing was offered.'),
    successRatioInterval: shareInterval.orNull('95% Wilson score interval of `successRatio`.'),
    p95Ms: ms.orNull(
      '95th percentile of the latency of stored orders and timeouts, which count as the request timeout.',
    ),
    p95IntervalMs: msInterval.orNull('95% interval of `p95Ms`, from order statistics.'),
    meanMs: ms.orNull('Mean latency of stored orders.'),
    handlerMeanMs: ms
      .orNull('Mean of the handler’s own duration. Absent if no response of the step carried it.')
      .optional(),
    ok: z.boolean().describe('The step was offered as planned and met both SLOs.'),
    clear: z
      .boolean()
      .describe(
        'The intervals leave no doubt about `ok`: they lie entirely on one side of the SLO. False if there are too few orders.',
      ),
    limit: limitSchema.nullable().describe('Why the step is not ok, or null if it is.'),
    why: z.string().nullable().describe('What missed the SLO, in words, with the figures.'),
  })
  .meta({ id: 'JudgedStep' });

export type JudgedStep = z.infer<typeof judgedStepSchema>;
export type Limit = (typeof LIMITS)[number];
