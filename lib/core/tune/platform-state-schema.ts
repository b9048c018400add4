import * as z from 'zod';
import type { FunctionState, MappingState } from '../lambda/platform-control.ts';

/** The state of a function as JSON, in a journal and from a local order API. */
export const functionStateSchema: z.ZodType<FunctionState> = z.object({
  memoryMb: z.number(),
  architecture: z.enum(['x86', 'arm']),
  timeoutMs: z.number(),
  reservedConcurrency: z.number().nullable(),
  alias: z
    .object({ name: z.string(), version: z.string(), provisionedConcurrency: z.number() })
    .nullable(),
});

/** The state of an event-source mapping as JSON. */
export const mappingStateSchema: z.ZodType<MappingState> = z.object({
  batchSize: z.number(),
  windowSeconds: z.number(),
  maximumConcurrency: z.number().nullable(),
  pollers: z.object({ minimum: z.number(), maximum: z.number() }).nullable(),
});
