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
  ratio: share('Stored / offered.'),
  interval: shareInterval('95% Wilson interval, widened if failures came in clusters.'),
  offered: orders('Orders that fell due.'),
});

const p95Schema = z.object({
  valueMs: ms(
    '95th percentile of the latency of stored orders and timeouts, which count as the request timeout.',
  ),
  lowMs: ms('Lower end of its 95% interval, from order statistics.'),
  highMs: ms('Upper end of it. Null if there are too few orders for one.').nullable(),
});

const lostSchema = z.object({
  total: orders('Orders that were offered and not stored.'),
  outcomes: outcomeCountsSchema.describe(
    'Those with an outcome, by outcome; created and duplicate are 0 here.',
  ),
  unresolved: orders('Orders that were sent and had no outcome when the run ended.'),
  dropped: orders('Orders that fell due and were never sent.'),
});

const recoverySchema = z.object({
  status: z
    .enum(['neverLeft', 'recovered', 'notRecovered', 'notDetermined'])
    .describe(
      'neverLeft: every window of burst and recovery met the SLO. recovered: see `seconds`. notRecovered: not within `observedSeconds`. notDetermined: see `why`.',
    ),
  seconds: seconds.orNull(
    'From the end of the burst to the first of three judged spans in a row that met the SLO. Null unless recovered or neverLeft.',
  ),
  intervalSeconds: z
    .tuple([z.number().nonnegative(), z.number().nonnegative()])
    .readonly()
    .nullable()
    .describe(
      'The target recovered between these two times: `seconds` ± one judged span and half a window.',
    )
    .meta({ unit: 's' }),
  observedSeconds: seconds('How long the target was observed after the burst.'),
  spanSeconds: seconds(
    'Length of one judged span: a window, or as many windows as hold eight orders.',
  ),
  why: z.string().describe('The finding in one sentence.'),
});

export const burstSchema = z
  .object({
    success: successSchema
      .nullable()
      .describe('Success inside the burst. Null if nothing was offered.'),
    p95: p95Schema.nullable().describe('p95 latency inside the burst. Null if there is none.'),
    coldStarts: z
      .object({
        inBurst: z.int().nonnegative().describe('Cold starts during the burst.'),
        after: z.int().nonnegative().describe('Cold starts after the burst.'),
        worst: z
          .object({
            startOffsetMs: msDifference('Start of the window, after `run.loadStartedAt`.'),
            lengthMs: ms('Length of the window.'),
            count: z.int().nonnegative().describe('Cold starts in it.'),
          })
          .nullable()
          .describe('The window with the most cold starts since the jump. Null without any.'),
      })
      .nullable()
      .describe('Cold starts since the jump. Null if no response carried the handler’s headers.'),
    recovery: recoverySchema.describe('How soon the target met the SLO again.'),
    lost: z
      .object({
        inBurst: lostSchema.describe('Of the orders that were due in the jump or the burst.'),
        after: lostSchema.describe('Of the orders that were due in the recovery.'),
      })
      .describe('Orders that were not stored.'),
    leftOver: z
      .object({
        baselineP95: p95Schema.nullable().describe('p95 latency before the burst.'),
        recoveryP95: p95Schema.nullable().describe('p95 latency after the burst.'),
        debtMs: msDifference.orNull('p95 of the recovery minus p95 of the baseline.'),
        debtIntervalMs: z
          .tuple([z.number(), z.number()])
          .readonly()
          .nullable()
          .describe(
            'Interval from the ends of the two 95% intervals, so its confidence is above 95%. Null if one has no upper end.',
          )
          .meta({ unit: 'ms' }),
        unresolved: orders('Unresolved orders of the whole run.'),
      })
      .describe('After-effects of the burst.'),
    notes: z.array(z.string()).readonly().describe('What limits confidence in the answer.'),
  })
  .describe('How the target coped with the burst. docs/method/spike.md has the formulas.');

export type Burst = z.infer<typeof burstSchema>;
