import * as z from 'zod';
import { count, ms, msDifference, orders, positiveMs, rate, share } from './fields.ts';
import { histogramSchema } from './histogram-schema.ts';
import { latencyStatsSchema, outcomeCountsSchema } from './latency-schema.ts';
import { notSentSchema } from './load-schema.ts';
import { windowPlatformSchema } from './platform-view-schema.ts';

export const stepSchema = z
  .object({
    name: z.string().describe('Name of the stage in which the orders were due.'),
    plannedRate: rate.orNull(
      'Mean arrival rate that the stage asked for; null for a step that is not in the plan.',
    ),
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
    successRatio: share.orNull(
      '(created + duplicate) / started, without orders that were not sent. Null when none started.',
    ),
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
    startOffsetMs: msDifference(
      'Start, after `run.loadStartedAt`. The first window may begin before it.',
    ),
    lengthMs: positiveMs('Length.'),
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
    inFlight: orders('Most orders in flight in it. Absent where it is not known.').optional(),
    coldStarts: count(
      'Answers marked as cold starts that came in it. Absent where no answer of the run carried the handler’s headers.',
    ).optional(),
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
    opened: count('New connections.'),
    p50Ms: ms.orNull('Median time to connect.'),
    p95Ms: ms.orNull('95th percentile of it.'),
    histogram: histogramSchema,
  })
  .describe('Time to connect (TCP and TLS), of new connections only. It is in no latency.');
