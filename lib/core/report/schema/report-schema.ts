import * as z from 'zod';
import { latencySchema } from './latency-schema.ts';
import {
  loadSchema,
  ordersSchema,
  requestsSchema,
  thresholdSchema,
  warmupSchema,
} from './load-schema.ts';
import { costSchema, generatorSchema, lambdaSchema } from './platform-schema.ts';
import { queueSchema } from './queue-schema.ts';
import { refinementSchema } from './refinement-schema.ts';
import { retriesSchema } from './retries-schema.ts';
import { runSchema, targetSchema } from './run-schema.ts';
import { connectionSchema, stepSchema, windowSchema } from './series-schema.ts';

/** A report without the schemas of its answers, which belong to the questions. */
export const baseReportSchema = z.object({
  schemaVersion: z
    .string()
    .regex(/^1\.\d+$/)
    .describe('Version of the format, major.minor. Within a major version, fields are only added.'),
  run: runSchema,
  target: targetSchema,
  targetB: targetSchema
    .optional()
    .describe('Arm B of an ab run; arm A is `target`. Absent in any other run.'),
  load: loadSchema,
  requests: requestsSchema,
  latencyMs: latencySchema,
  retries: retriesSchema.optional(),
  connection: connectionSchema,
  steps: z
    .array(stepSchema)
    .readonly()
    .describe('Orders by the stage in which they were due, in the order of the plan.'),
  refinements: z
    .array(refinementSchema)
    .readonly()
    .describe(
      'Steps that the suite ran after the planned ones, to narrow the capacity down. Their orders are excluded from all other figures. Absent if there are none.',
    )
    .optional(),
  windows: z
    .array(windowSchema)
    .readonly()
    .describe(
      'The run over time, in windows of ⌈planned duration / 120⌉ s. An outcome counts in the window in which it came.',
    ),
  warmup: warmupSchema,
  orders: ordersSchema,
  answers: z.record(z.string(), z.unknown()),
  lambda: lambdaSchema,
  queue: queueSchema.optional(),
  generator: generatorSchema,
  cost: costSchema,
  thresholds: z
    .array(thresholdSchema)
    .readonly()
    .describe('The SLOs, each with its observed value.'),
});

export type Report = z.infer<typeof baseReportSchema>;
export type RunStatus = Report['run']['status'];
export type Verdict = Report['run']['verdict'];
export type Platform = Report['target']['platform'];
export type Threshold = Report['thresholds'][number];
