import { z } from 'zod';

/** What keeps a step from its service levels. */
export const LIMITS = ['throttled', 'latency', 'errors', 'generator'] as const;

const orders = (meaning: string) =>
  z.int().nonnegative().describe(meaning).meta({ unit: 'orders' });
const latency = (meaning: string) =>
  z.number().nonnegative().nullable().describe(meaning).meta({ unit: 'ms' });

export const limitSchema = z
  .enum(LIMITS)
  .describe(
    'throttled: refused for too many requests, or refused without a reason where the platform counted as many throttles. latency: too slow, timeouts included. errors: failed in any other way. generator: the load was not made as planned, so nothing is known of the target.',
  );

export const judgedStepSchema = z
  .object({
    name: z.string().describe('Name of the step, or `refine-n` for one of `refinements`.'),
    ratePerSecond: z
      .number()
      .positive()
      .describe('Arrival rate that was held.')
      .meta({ unit: 'orders/s' }),
    seconds: z
      .number()
      .positive()
      .describe('Time that is judged, after the settling part.')
      .meta({ unit: 's' }),
    offered: orders('Orders that fell due: started, and those that were dropped.'),
    served: orders('Orders that were stored: created and duplicate.'),
    successRatio: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('served / offered. Null when nothing was offered.')
      .meta({ unit: 'ratio' }),
    successRatioInterval: z
      .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
      .readonly()
      .nullable()
      .describe('95% Wilson score interval of it.')
      .meta({ unit: 'ratio' }),
    p95Ms: latency(
      '95th percentile of the latency of stored orders and timeouts, which count as taking the whole request timeout.',
    ),
    p95IntervalMs: z
      .tuple([z.number().nonnegative(), z.number().nonnegative()])
      .readonly()
      .nullable()
      .describe('95% interval of it, by the ranks that its position may have.')
      .meta({ unit: 'ms' }),
    meanMs: latency('Mean latency of stored orders.'),
    handlerMeanMs: latency(
      'Mean of the handler’s own duration. Absent where no answer of the step carried it.',
    ).optional(),
    ok: z.boolean().describe('It was offered as planned and met the success and the latency SLO.'),
    clear: z
      .boolean()
      .describe(
        'The intervals leave no doubt of `ok`: they lie wholly on one side of the SLO. Too few orders leave it false.',
      ),
    limit: limitSchema.nullable().describe('What kept it from being ok, or null when it is.'),
    why: z.string().nullable().describe('The same in words, with the figures.'),
  })
  .meta({ id: 'JudgedStep' });

export type JudgedStep = z.infer<typeof judgedStepSchema>;
export type Limit = (typeof LIMITS)[number];
