import * as z from 'zod';
import { estimate } from './estimate-schema.ts';

const architecture = z.enum(['x86', 'arm']);
export const powerCellSchema = z
  .object({
    memoryMb: z.int().positive().describe('Memory of the function.').meta({ unit: 'MB' }),
    architecture: architecture.describe('Processor.'),
  })
  .meta({ id: 'PowerCell' });

const coldSchema = z
  .object({
    count: z
      .int()
      .nonnegative()
      .describe('Invocations that began with INIT.')
      .meta({ unit: 'count' }),
    share: z
      .number()
      .min(0)
      .max(1)
      .describe('Their share of all invocations.')
      .meta({ unit: 'ratio' }),
    initMs: z
      .number()
      .nullable()
      .describe('Median INIT, or null without a cold start.')
      .meta({ unit: 'ms' }),
    durationMs: z
      .number()
      .nullable()
      .describe('Median duration of INIT and handler together, or null without a cold start.')
      .meta({ unit: 'ms' }),
    costPerMillionUsd: z
      .number()
      .nullable()
      .describe('Cost of a million cold invocations, or null without a cold start.')
      .meta({ unit: 'USD' }),
  })
  .describe('Cold starts, which are in none of the other figures.');

const sizeSchema = powerCellSchema.extend({
  status: z
    .enum(['measured', 'failed', 'missing'])
    .describe(
      'measured: it has figures. failed: it cannot serve, see `problem`. missing: not measured yet, or every round was invalid.',
    ),
  problem: z
    .string()
    .nullable()
    .describe('Why it has no figures, or what is wrong with some rounds; else null.'),
  rounds: z.int().nonnegative().describe('Rounds that count.').meta({ unit: 'count' }),
  invocations: z
    .int()
    .nonnegative()
    .describe('Warm invocations behind the figures.')
    .meta({ unit: 'count' }),
  failedInvocations: z
    .int()
    .nonnegative()
    .describe('Invocations that threw, timed out or were throttled.')
    .meta({ unit: 'count' }),
  durationMs: estimate(
    'Mean duration of warm invocations, without the share at each end that `discardTopBottom` leaves out.',
    'ms',
  ).nullable(),
  p95Ms: estimate(
    '95th percentile of what the SLO judges: latency at the client, or duration in a sweep by direct invocation.',
    'ms',
  ).nullable(),
  p99Ms: estimate('99th percentile of the same.', 'ms').nullable(),
  billedMs: estimate('Mean billed time of warm invocations.', 'ms').nullable(),
  costPerMillionUsd: estimate(
    'Cost of a million warm invocations: billed time, requests, and the environments kept provisioned.',
    'USD',
  ).nullable(),
  maxMemoryUsedMb: z
    .number()
    .nullable()
    .describe('Most memory that an invocation used.')
    .meta({ unit: 'MB' }),
  peakConcurrency: z
    .number()
    .nullable()
    .describe('Most environments in use at once, or null when unknown.')
    .meta({ unit: 'count' }),
  successRatio: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('Stored orders / offered orders, or null without a load.')
    .meta({ unit: 'ratio' }),
  cold: coldSchema,
  keepsSlo: z
    .boolean()
    .nullable()
    .describe(
      'Whether its p95 keeps the SLO. Null without an SLO, or where the interval lies on both sides of it.',
    ),
  againstChosen: z
    .object({
      duration: estimate('Duration / duration of the chosen size.', 'ratio'),
      cost: estimate('Cost / cost of the chosen size.', 'ratio'),
    })
    .nullable()
    .describe(
      'Compared with the chosen size round by round, so what changes from round to round cancels. Null for the chosen size, and without one.',
    ),
});

const choiceSchema = z
  .object({
    strategy: z
      .enum(['cost', 'speed', 'balanced', 'slo'])
      .describe('slo: the cheapest size that keeps the SLO.'),
    outcome: z
      .enum(['chosen', 'keptByNone', 'inconclusive'])
      .describe(
        'chosen: see `chosen`. keptByNone: no size keeps the SLO. inconclusive: none can be named, because nothing was measured, or because intervals lie on both sides of the SLO.',
      ),
    chosen: powerCellSchema.nullable().describe('The best size, or null if none can be named.'),
    sameAs: z
      .array(powerCellSchema)
      .readonly()
      .describe('Sizes that are as good: the whole interval of the ratio lies within 1%.'),
    notToldApart: z
      .array(powerCellSchema)
      .readonly()
      .describe(
        'Sizes that may be better or as good: the measurement cannot tell them apart from the chosen one. After fewer than two rounds these are all others.',
      ),
    mayKeepSlo: z
      .array(powerCellSchema)
      .readonly()
      .describe(
        'Sizes that may keep the SLO, because the interval of their p95 lies on both sides of it: the cheaper ones, or all if none keeps it. Empty for the other strategies.',
      ),
    reason: z.string().describe('Why, in one sentence.'),
  })
  .meta({ id: 'PowerChoice' });

export const powerResultSchema = z.object({
  strategy: z.enum(['cost', 'speed', 'balanced']).describe('What the sweep was asked for.'),
  balancedWeight: z
    .number()
    .min(0)
    .max(1)
    .describe('Weight of cost in the balanced strategy; 1 is cost alone.')
    .meta({ unit: 'ratio' }),
  sloP95Ms: z
    .number()
    .positive()
    .nullable()
    .describe('Highest p95 that a size may have to be chosen, or null.')
    .meta({ unit: 'ms' }),
  discardTopBottom: z
    .number()
    .min(0)
    .max(0.4)
    .describe('Share left out at each end of the sorted durations.')
    .meta({ unit: 'ratio' }),
  onlyColdStarts: z
    .boolean()
    .describe('Duration, billed time and cost are those of cold starts, with INIT.'),
  leastSuccess: z
    .number()
    .min(0)
    .max(1)
    .describe('A size with a lower share of success is `failed`.')
    .meta({ unit: 'ratio' }),
  provisionedConcurrency: z
    .int()
    .nonnegative()
    .nullable()
    .describe('Environments kept provisioned at every size, or null.')
    .meta({ unit: 'count' }),
  pricesDate: z.string().describe('Date of the price list.'),
  sizes: z
    .array(sizeSchema)
    .readonly()
    .describe('One entry for each size, by processor, then by memory.'),
  choice: choiceSchema.describe(
    'The answer: by the strategy, or the cheapest size that keeps the SLO.',
  ),
  choices: z.array(choiceSchema).readonly().describe('What each strategy would choose.'),
  powerTuning: z
    .array(
      z.object({
        architecture: architecture.describe('Processor.'),
        output: z
          .unknown()
          .describe('The output that aws-lambda-power-tuning would give for these durations.'),
        visualization: z.string().describe('Address of its viewer with these figures.'),
      }),
    )
    .readonly()
    .describe(
      'For tools that read the output of aws-lambda-power-tuning, one entry for each processor.',
    ),
  powerTuningComparison: z
    .string()
    .nullable()
    .describe('Address of its viewer with both processors, or null with one.'),
});

export type PowerResult = z.infer<typeof powerResultSchema>;
export type Strategy = PowerResult['strategy'];
export type PowerSize = PowerResult['sizes'][number];
export type PowerChoice = PowerResult['choice'];
