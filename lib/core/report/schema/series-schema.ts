import { z } from 'zod';
import { histogramSchema } from './histogram-schema.ts';
import { latencyStatsSchema, outcomeCountsSchema } from './latency-schema.ts';
import { notSentSchema } from './load-schema.ts';
import { windowPlatformSchema } from './platform-view-schema.ts';

const orders = (meaning: string) =>
  z.int().nonnegative().describe(meaning).meta({ unit: 'orders' });

export const stepSchema = z
  .object({
    name: z.string().describe('Name of the stage in which the orders were due.'),
    plannedRate: z
      .number()
      .nonnegative()
      .nullable()
      .describe(
        'Mean arrival rate that the stage asked for; null for a step that is not in the plan.',
      )
      .meta({ unit: 'orders/s' }),
    started: orders('Orders that were due in it and were sent.'),
    dropped: orders(
      'Orders that fell due in it and were not sent. Absent where none were, and where that is not known by step.',
    ).optional(),
    notSent: z
      .array(notSentSchema)
      .readonly()
      .describe('The same by the reason. Absent where there are none.')
      .optional(),
    unresolved: orders('Of those, orders that never came to an outcome.'),
    outcomes: outcomeCountsSchema,
    successRatio: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe(
        '(created + duplicate) / started, without orders that were not sent. Null when none started.',
      )
      .meta({ unit: 'ratio' }),
    success: latencyStatsSchema.describe('Latency of created and duplicate orders.'),
    handlerMs: latencyStatsSchema
      .describe(
        'Duration of the handler as it stated it. Absent where no answer of the step carried it.',
      )
      .optional(),
    latenessMs: latencyStatsSchema
      .describe(
        'How long after they were due the orders were started. Absent where it is not known.',
      )
      .optional(),
  })
  .meta({ id: 'Step' });

export const windowSchema = z
  .object({
    startOffsetMs: z
      .number()
      .describe('Start, after `run.loadStartedAt`. The first window may begin before it.')
      .meta({ unit: 'ms' }),
    lengthMs: z.number().positive().describe('Length.').meta({ unit: 'ms' }),
    offered: orders('Orders that fell due in it: sent + dropped.'),
    sent: orders('Orders that were sent in it.'),
    dropped: orders('Orders that fell due in it and were not sent.'),
    outcomes: outcomeCountsSchema.describe('Orders that were resolved in it, by outcome.'),
    success: histogramSchema.describe(
      'Latency in ms of created and duplicate orders that were resolved in it.',
    ),
    vus: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Highest number of k6’s VUs seen, or null. An event loop is one.')
      .meta({ unit: 'count' }),
    inFlight: z
      .int()
      .nonnegative()
      .describe('Most orders in flight in it. Absent where it is not known.')
      .meta({ unit: 'orders' })
      .optional(),
    coldStarts: z
      .int()
      .nonnegative()
      .describe(
        'Answers marked as cold starts that came in it. Absent where no answer of the run carried the handler’s headers.',
      )
      .meta({ unit: 'count' })
      .optional(),
    environmentMemoryMb: z
      .number()
      .nonnegative()
      .describe(
        'Most memory that an environment of the function had used when it ended an invocation in it. Absent where the platform was not asked.',
      )
      .meta({ unit: 'MB' })
      .optional(),
    platform: windowPlatformSchema.optional(),
  })
  .meta({ id: 'Window' });

export const connectionSchema = z
  .object({
    opened: z.int().nonnegative().describe('New connections.').meta({ unit: 'count' }),
    p50Ms: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Median time to connect.')
      .meta({ unit: 'ms' }),
    p95Ms: z
      .number()
      .nonnegative()
      .nullable()
      .describe('95th percentile of it.')
      .meta({ unit: 'ms' }),
    histogram: histogramSchema,
  })
  .describe('Time to connect (TCP and TLS), of new connections only. It is in no latency.');
