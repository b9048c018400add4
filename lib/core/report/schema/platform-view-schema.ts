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
      .describe('The same by Lambda’s own reasons; empty where they are not told apart.'),
    peakConcurrency: figureSchema.describe('Most environments in use at once.'),
    concurrency: figureSchema.describe(
      'Mean number of environments in use over the loaded time; what ran after it counts in it.',
    ),
    billedMs: figureSchema.describe('Billed duration.'),
    billedGbSeconds: figureSchema.describe('Billed memory-time.'),
  })
  .meta({ id: 'FunctionView' });

const agreementSchema = z
  .object({
    what: z.enum(['coldStarts', 'throttles']).describe('What both sides counted.'),
    client: z.number().nullable().describe('As the client counted it, or null when it could not.'),
    platform: z
      .number()
      .nullable()
      .describe('As the platform counted it, or null when it is not known.'),
    agree: z
      .boolean()
      .nullable()
      .describe('Whether both are equal; null where they cannot be compared, see `note`.'),
    note: z.string().describe('Both figures in words, and what explains a difference.'),
  })
  .meta({ id: 'Agreement' });

export const platformViewSchema = z
  .object({
    lens: z.enum(['local', 'aws']).describe('Whose counters were read.'),
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
    gatewayThrottles: figureSchema.describe('Requests that the gateway refused by itself.'),
    storedOrders: figureSchema.describe('Orders that the table gained.'),
    agreement: z
      .array(agreementSchema)
      .readonly()
      .describe('The client’s counts beside the platform’s.'),
  })
  .describe('What the platform itself counted over the whole run, warm-up included.');

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
    'The function that took the orders, as the platform saw it; to the second on a local order API, to the minute on AWS. Absent where the windows are shorter than that.',
  );
