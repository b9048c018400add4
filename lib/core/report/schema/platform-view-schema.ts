import * as z from 'zod';
import { count } from './fields.ts';
import { figureSchema } from './figure-schema.ts';

const functionViewSchema = z
  .object({
    name: z.string().describe('Name of the function.'),
    invocations: figureSchema.describe('Calls that ran.'),
    coldStarts: figureSchema.describe('Calls that waited for a new environment.'),
    throttles: figureSchema.describe('Calls that Lambda refused.'),
    throttlesByReason: z
      .record(z.string(), z.int().nonnegative())
      .describe('Throttles by Lambda’s own reasons; empty if they are not told apart.'),
    peakConcurrency: figureSchema.describe('Most environments in use at once.'),
    concurrency: figureSchema.describe(
      'Mean number of environments in use during the load; time in use after it is included.',
    ),
    billedMs: figureSchema.describe('Billed duration.'),
    billedGbSeconds: figureSchema.describe('Billed memory-time.'),
  })
  .meta({ id: 'FunctionView' });

const agreementSchema = z
  .object({
    what: z.enum(['coldStarts', 'throttles']).describe('What both sides counted.'),
    client: z.number().nullable().describe('The client’s count, or null if it could not count.'),
    platform: z.number().nullable().describe('The platform’s count, or null if not known.'),
    agree: z
      .boolean()
      .nullable()
      .describe('Whether both are equal. Null if they cannot be compared, see `note`.'),
    note: z.string().describe('Both counts in words, and what may explain a difference.'),
  })
  .meta({ id: 'Agreement' });

export const platformViewSchema = z
  .object({
    lens: z.enum(['local', 'aws']).describe('The platform whose counters were read.'),
    source: z.string().describe('Where the figures come from.'),
    problem: z
      .string()
      .nullable()
      .describe('Why nothing could be read, or null. Then every figure is absent.'),
    notes: z.array(z.string()).readonly().describe('What is missing, and why.'),
    function: functionViewSchema.describe('The function that took the orders.'),
    otherFunctions: z
      .array(functionViewSchema)
      .readonly()
      .describe('Other functions that were called during the run.'),
    gatewayThrottles: figureSchema.describe('Requests that the gateway itself refused.'),
    storedOrders: figureSchema.describe('Orders that were added to the table.'),
    agreement: z
      .array(agreementSchema)
      .readonly()
      .describe('The client’s counts beside the platform’s.'),
  })
  .describe('The platform’s own counts over the whole run, including the warm-up.');

export const windowPlatformSchema = z
  .object({
    concurrency: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Most environments in use at once, or null.')
      .meta({ unit: 'count' }),
    coldStarts: count.orNull('Cold starts, or null.'),
    throttles: count.orNull('Calls that Lambda refused, or null.'),
  })
  .describe(
    'The function that took the orders, as the platform saw it: to the second for a local order API, to the minute on AWS. Absent if windows are shorter than that.',
  );
