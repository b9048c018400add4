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
      'Mean planned arrival rate of the stage. Null for a step that is not in the plan.',
    ),
    started: orders('Orders that were due in the stage and were sent.'),
    dropped: orders(
      'Orders that fell due in the stage and were never sent. Absent if there are none, or if not known by step.',
    ).optional(),
    notSent: z
      .array(notSentSchema)
      .readonly()
      .describe('Dropped orders by reason. Absent if there are none.')
      .optional(),
    unresolved: orders('Sent orders that had no outcome when the run ended.'),
    outcomes: outcomeCountsSchema,
    successRatio: share.orNull(
      'Stored / sent = (created + duplicate) / started; dropped orders are left out. Null if none was sent.',
    ),
    success: latencyStatsSchema.describe('Latency of created and duplicate orders.'),
    handlerMs: latencyStatsSchema
      .describe(
        'Duration of the handler, as reported by it. Absent if no response of the step carried it.',
      )
      .optional(),
    latenessMs: latencyStatsSchema
      .describe('Lateness: how long after they were due orders were started. Absent if not known.')
      .optional(),
  })
  .meta({ id: 'Step' });

export const windowSchema = z
  .object({
    startOffsetMs: msDifference(
      'Start of the window, after `run.loadStartedAt`. The first window may begin before it.',
    ),
    lengthMs: positiveMs('Length of the window.'),
    offered: orders('Orders that fell due in the window: sent + dropped.'),
    sent: orders('Orders that were sent in the window.'),
    dropped: orders('Orders that fell due in the window and were never sent.'),
    outcomes: outcomeCountsSchema.describe('Orders that were resolved in the window, by outcome.'),
    success: histogramSchema.describe(
      'Latency in ms of created and duplicate orders that were resolved in the window.',
    ),
    vus: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Highest number of k6’s VUs, or null. An event loop counts as one VU.')
      .meta({ unit: 'count' }),
    inFlight: orders('Most orders in flight in the window. Absent if not known.').optional(),
    coldStarts: count(
      'Responses in the window that are marked as cold starts. Absent if no response of the run carried the handler’s headers.',
    ).optional(),
    environmentMemoryMb: z
      .number()
      .nonnegative()
      .describe(
        'Most memory used by an environment of the function, at the end of an invocation in the window. Absent if it was not read from the platform.',
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
    p95Ms: ms.orNull('95th percentile of the time to connect.'),
    histogram: histogramSchema,
  })
  .describe(
    'Time to connect (TCP and TLS), for new connections only. It is not part of any latency.',
  );
