import * as z from 'zod';
import { estimate } from './estimate-schema.ts';

export const batchCellSchema = z
  .object({
    batchSize: z
      .int()
      .positive()
      .describe('Most messages of one invocation.')
      .meta({ unit: 'messages' }),
    windowSeconds: z
      .int()
      .nonnegative()
      .describe('How long a batch is gathered.')
      .meta({ unit: 's' }),
  })
  .meta({ id: 'BatchCell' });

const partUsd = (meaning: string) =>
  z.number().nonnegative().describe(meaning).meta({ unit: 'USD' });

const figuresSchema = z
  .object({
    rounds: z.int().nonnegative().describe('Rounds that count.').meta({ unit: 'count' }),
    accepted: z
      .int()
      .nonnegative()
      .describe('Orders that were accepted, in all rounds.')
      .meta({ unit: 'orders' }),
    lagMs: z
      .object({
        p50: estimate('Median.', 'ms').nullable(),
        p95: estimate('95th percentile.', 'ms').nullable(),
        p99: estimate('99th percentile.', 'ms').nullable(),
      })
      .describe(
        'Time from acceptance to storage. Under load, of the orders accepted in the middle half of it: earlier ones may wait for cold starts, and later ones for orders that no longer come.',
      ),
    invocationsPerThousand: estimate(
      'Invocations of the function that writes, for 1,000 orders.',
      'count',
    ).nullable(),
    billedMsPerThousand: estimate('Billed time of it, for 1,000 orders.', 'ms').nullable(),
    batchFill: z
      .number()
      .nullable()
      .describe('Mean number of messages in a batch / batch size.')
      .meta({ unit: 'ratio' }),
    writeCallsPerThousand: estimate(
      'Calls that write to the table, for 1,000 orders.',
      'count',
    ).nullable(),
    writeUnitsPerOrder: z
      .number()
      .nullable()
      .describe('Write units of the table that an order takes.')
      .meta({ unit: 'units' }),
    costPerMillionUsd: estimate(
      'Cost of a million orders on the queue path: queue, writer and table.',
      'USD',
    ).nullable(),
    costParts: z
      .object({
        queueUsd: partUsd('Requests of the queue: sends, receives and deletes.'),
        writerUsd: partUsd('Requests and billed time of the function that writes.'),
        tableUsd: partUsd('Write and read units of the table.'),
      })
      .nullable()
      .describe('What that cost is made of.'),
    redelivered: z
      .int()
      .nonnegative()
      .nullable()
      .describe('Repeated deliveries of a message.')
      .meta({ unit: 'count' }),
    deadLetters: z
      .int()
      .nonnegative()
      .nullable()
      .describe('Messages that ended up in the dead-letter queue.')
      .meta({ unit: 'messages' }),
    lost: z
      .int()
      .nonnegative()
      .nullable()
      .describe('Accepted orders that will never be stored.')
      .meta({ unit: 'orders' }),
  })
  .meta({ id: 'BatchFigures' });

const batchCellResultSchema = batchCellSchema.extend({
  status: z
    .enum(['measured', 'failed', 'missing'])
    .describe(
      'measured: it has figures. failed: it cannot be set or loses orders, see `problem`. missing: not measured yet, or every round was invalid.',
    ),
  problem: z
    .string()
    .nullable()
    .describe('Why it has no figures, or what is wrong with some rounds; else null.'),
  load: figuresSchema.nullable().describe('Under the planned load.'),
  poison: figuresSchema
    .nullable()
    .describe('Under the same load with one message that never succeeds. Null if not measured.'),
  quiet: figuresSchema.nullable().describe('With hardly any orders. Null if not measured.'),
  keepsSlo: z
    .boolean()
    .nullable()
    .describe(
      'Whether p95 of the lag keeps the SLO. Null without an SLO, or where the interval lies on both sides of it.',
    ),
  isOnFront: z.boolean().describe('No other cell is both cheaper and faster (p95 of the lag).'),
});

const batchChoiceSchema = z
  .object({
    sloLagP95Ms: z
      .number()
      .positive()
      .nullable()
      .describe('Highest p95 of the lag that was allowed; null for none.')
      .meta({ unit: 'ms' }),
    chosen: batchCellSchema
      .nullable()
      .describe(
        'The cheapest cell that keeps the SLO (without an SLO: of all), or null if none can be named.',
      ),
    outcome: z
      .enum(['chosen', 'keptByNone', 'inconclusive'])
      .describe(
        'chosen: see `chosen`. keptByNone: no cell keeps the SLO. inconclusive: none can be named, because nothing was measured, or because intervals lie on both sides of the SLO.',
      ),
    notToldApart: z
      .array(batchCellSchema)
      .readonly()
      .describe(
        'Cells that may be better: the measurement cannot tell them apart from the chosen one.',
      ),
    reason: z.string().describe('Why, in one sentence.'),
  })
  .meta({ id: 'BatchChoice' });

export const batchResultSchema = z.object({
  pricesDate: z.string().describe('Date of the price list.'),
  quietRatePerSecond: z
    .number()
    .nonnegative()
    .nullable()
    .describe('Arrival rate of the quiet load, or null if not measured.')
    .meta({ unit: 'orders/s' }),
  cells: z
    .array(batchCellResultSchema)
    .readonly()
    .describe('One entry for each cell, by batch size, then by window.'),
  choice: batchChoiceSchema.describe('The answer.'),
  pitfalls: z
    .array(
      z.object({
        name: z.string().describe('Name of the pitfall.'),
        sentence: z.string().describe('What it costs here, in numbers.'),
      }),
    )
    .readonly()
    .describe('Known pitfalls of batching, each with what it costs here.'),
});

export type BatchResult = z.infer<typeof batchResultSchema>;
export type BatchCellResult = BatchResult['cells'][number];
export type BatchFigures = z.infer<typeof figuresSchema>;
