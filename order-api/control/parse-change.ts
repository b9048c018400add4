import * as z from 'zod';
import { FUNCTION_OPTIONS } from '../config/options/function-options.ts';
import { QUEUE_OPTIONS } from '../config/options/queue-options.ts';
import { ControlRefusal } from './control-refusal.ts';

const { memoryMb, architecture, reservedConcurrency, provisionedConcurrency } = FUNCTION_OPTIONS;
const { batchSize, batchWindowSeconds, maximumConcurrency } = QUEUE_OPTIONS;

/** Settings to change; what is not named stays as it is. */
export const functionChange = z.strictObject({
  memoryMb: whole(memoryMb).exactOptional(),
  architecture: z.enum(architecture.choices).exactOptional(),
  reservedConcurrency: whole(reservedConcurrency).nullable().exactOptional(),
  provisionedConcurrency: whole(provisionedConcurrency).exactOptional(),
});

/** "Minimum 2–200 pollers, maximum ≤ 2,000": services-sqs-scaling in AWS's developer guide. */
export const mappingChange = z.strictObject({
  batchSize: whole(batchSize).exactOptional(),
  windowSeconds: whole(batchWindowSeconds).exactOptional(),
  maximumConcurrency: whole(maximumConcurrency).nullable().exactOptional(),
  pollers: z
    .strictObject({
      minimum: whole({ min: 2, max: 200 }),
      maximum: whole({ min: 2, max: 2000 }),
    })
    .nullable()
    .exactOptional(),
});

export const message = z.strictObject({ body: z.string().min(1) });

function whole({ min, max }: { readonly min: number; readonly max: number }) {
  const error = `it must be a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/**
 * Parses the JSON body of a request.
 *
 * @throws ControlRefusal (400) with the first thing that is wrong.
 */
export function parseChange<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  throw new ControlRefusal(400, `${where ? `${where}: ` : ''}${issue?.message}`);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ControlRefusal(400, `the body is not JSON: ${(error as Error).message}`);
  }
}
