import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import * as z from 'zod';

const count = z.number().nonnegative();
const overTime = { bucketSeconds: z.number().positive() };

const functionTruth = z.object({
  invocations: count,
  coldStarts: count,
  throttles: z.record(z.string(), count),
  busyMs: count,
  ageMs: count,
  concurrency: z.object({ ...overTime, peaks: z.array(count) }),
  coldStartsOverTime: z.object({ ...overTime, counts: z.array(count) }),
  throttlesOverTime: z.object({ ...overTime, counts: z.array(count) }),
  memoryUsedOverTime: z.object({ ...overTime, peaks: z.array(count.nullable()) }),
  bill: z.object({ billedMs: count, gbSeconds: count }),
  settings: z
    .object({ memoryMb: z.number().positive(), architecture: z.enum(['x86', 'arm']) })
    .optional(),
});

const queueTruth = z.object({
  sent: count,
  redelivered: count,
  batches: count,
  batchFill: count.nullable(),
  visible: count.nullable(),
  inFlight: count.nullable(),
  dlq: count.nullable(),
  acceptedToStoredMs: z.object({
    count,
    p50: z.number().nullable(),
    p95: z.number().nullable(),
    p99: z.number().nullable(),
    max: z.number().nullable(),
  }),
});

/** The part of the local order API's `GET /__truth` that the lens reads. */
const targetTruth = z.object({
  gatewayThrottles: count,
  storedOrders: count.nullable(),
  functions: z.record(z.string(), functionTruth),
  queue: queueTruth.nullable(),
});

export type FunctionTruth = z.infer<typeof functionTruth>;
export type QueueTruth = z.infer<typeof queueTruth>;

export interface TruthSnapshot extends z.infer<typeof targetTruth> {
  /** Epoch ms by this machine's clock at which the response came. */
  readonly atMs: number;
}

/** Number of messages that are neither stored nor dead letters; null if not known. */
export function waitingMessages({ visible, inFlight }: QueueTruth): number | null {
  return visible === null || inFlight === null ? null : visible + inFlight;
}

const TIMEOUT_MS = 10_000;
const POLL_MS = 200;

/**
 * Reads the counters of a local order API, including those that this suite does not use.
 *
 * @throws Error with one line that says why they cannot be read.
 */
export async function readTargetTruth(baseUrl: string): Promise<TruthSnapshot> {
  const url = `${baseUrl}/__truth`;
  const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`${url} answered ${statusCode}: it is not a local order API of this suite`);
  }
  const answer = await body.json();
  const parsed = targetTruth.safeParse(answer);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${url} cannot be read at ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return { ...(answer as z.infer<typeof targetTruth>), atMs: Date.now() };
}

export interface EmptyQueueOptions {
  readonly limitMs: number;
  /** Ends the wait. */
  readonly isStopped: () => boolean;
  /** Called once if the queue is not empty yet. */
  readonly onWait: () => void;
}

/**
 * Waits until a local order API has stored all messages in its queue, and returns its counters then. If the wait was
 * stopped or took too long, there may still be messages in the queue.
 */
export async function readTruthOfEmptyQueue(
  baseUrl: string,
  { limitMs, isStopped, onWait }: EmptyQueueOptions,
): Promise<TruthSnapshot> {
  let truth = await readTargetTruth(baseUrl);
  if (!isEmpty(truth)) onWait();
  const deadlineMs = Date.now() + limitMs;
  while (!isEmpty(truth) && !isStopped() && Date.now() < deadlineMs) {
    await delay(POLL_MS);
    truth = await readTargetTruth(baseUrl);
  }
  return truth;
}

/** An unknown depth does not count as empty. */
function isEmpty({ queue }: TruthSnapshot): boolean {
  return queue === null || waitingMessages(queue) === 0;
}
