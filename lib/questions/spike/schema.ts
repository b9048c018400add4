import * as z from 'zod';
import {
  ms,
  msDifference,
  orders,
  seconds,
  share,
  shareInterval,
} from '../../core/report/schema/fields.ts';
import { outcomeCountsSchema } from '../../core/report/schema/latency-schema.ts';

const successSchema = z.object({
  ratio: share('Stored over offered, dropped orders counted as offered.'),
  interval: shareInterval('95% interval: Wilson, widened where failures came in clusters.'),
  offered: orders('Orders that fell due.'),
});

const p95Schema = z.object({
  valueMs: ms('95th percentile of stored orders, timeouts counted at the request timeout.'),
  lowMs: ms('Lower end of its 95% interval, by order statistics.'),
  highMs: ms('Upper end. Null where there are too few orders for one.').nullable(),
});

const lostSchema = z.object({
  total: orders('Orders that were offered and not stored.'),
  outcomes: outcomeCountsSchema.describe('Of those, by outcome; stored ones are zero here.'),
  unresolved: orders('Orders that never came to an outcome.'),
  dropped: orders('Orders that were due and not sent.'),
});

const recoverySchema = z.object({
  status: z
    .enum(['neverLeft', 'recovered', 'notRecovered', 'notDetermined'])
    .describe(
      'neverLeft: no window of burst or recovery broke the SLO. recovered: see `seconds`. notRecovered: not within `observedSeconds`. notDetermined: see `why`.',
    ),
  seconds: seconds.orNull(
    'From the end of the burst to the first of three windows in a row that kept the SLO. Null unless recovered or neverLeft.',
  ),
  intervalSeconds: z
    .tuple([z.number().nonnegative(), z.number().nonnegative()])
    .readonly()
    .nullable()
    .describe(
      'One judged span of time and half a window to either side; the target mended between them.',
    )
    .meta({ unit: 's' }),
  observedSeconds: seconds('How long the target was watched after the burst.'),
  spanSeconds: seconds('Length of one judged span: a window, or as many as hold eight orders.'),
  why: z.string().describe('The finding in one sentence.'),
});

export const burstSchema = z
  .object({
    success: successSchema.nullable().describe('Inside the burst. Null when nothing was offered.'),
    p95: p95Schema.nullable().describe('Inside the burst. Null when there is no latency.'),
    coldStarts: z
      .object({
        inBurst: z.int().nonnegative().describe('Cold starts while the burst lasted.'),
        after: z.int().nonnegative().describe('Cold starts after it.'),
        worst: z
          .object({
            startOffsetMs: msDifference('Start of the window, after `run.loadStartedAt`.'),
            lengthMs: ms('Its length.'),
            count: z.int().nonnegative().describe('Cold starts in it.'),
          })
          .nullable()
          .describe('The window with the most of them since the jump; null without any.'),
      })
      .nullable()
      .describe('The wave of cold starts. Null where the handler’s headers were not seen.'),
    recovery: recoverySchema.describe('How soon the SLO was kept again.'),
    lost: z
      .object({
        inBurst: lostSchema.describe('Of the orders that started in the jump or the burst.'),
        after: lostSchema.describe('Of the orders that started in the recovery.'),
      })
      .describe('Orders that were not stored.'),
    leftOver: z
      .object({
        baselineP95: p95Schema.nullable().describe('Before the burst.'),
        recoveryP95: p95Schema.nullable().describe('After it.'),
        debtMs: msDifference.orNull('p95 of the recovery less that of the baseline.'),
        debtIntervalMs: z
          .tuple([z.number(), z.number()])
          .readonly()
          .nullable()
          .describe('From the ends of both intervals, so wider than 95%. Null where one is open.')
          .meta({ unit: 'ms' }),
        unresolved: orders('Orders of the whole run that never came to an outcome.'),
      })
      .describe('What the burst left behind.'),
    notes: z.array(z.string()).readonly().describe('What narrows the trust in it.'),
  })
  .describe('How the target bore the burst. docs/method/spike.md has the formulas.');

export type Burst = z.infer<typeof burstSchema>;
