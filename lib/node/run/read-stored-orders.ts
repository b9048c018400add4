import { setTimeout as delay } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { type Dispatcher, request } from 'undici';
import { codeOf } from '../../core/errors/reason-of.ts';
import type { AcceptedOrder } from '../../core/load/accepted-sample.ts';
import { judgeRead, type OrderMarks } from '../../core/reads/read-answer.ts';
import { createReadSchedule, type ReadBook, type ReadResult } from '../../core/reads/read-book.ts';

export interface OrderRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly marks: OrderMarks;
}

export interface ReadStoredOptions {
  /** The GET for an iteration's order, and how to recognise the order. */
  readonly requestOf: (iteration: number) => OrderRequest;
  readonly accepted: readonly AcceptedOrder[];
  readonly isSampled: (iteration: number) => boolean;
  readonly limitMs: number;
  /** Most GETs a second. */
  readonly ratePerSecond: number;
  /** Sends the reads by the same route as k6 sent the orders. */
  readonly dispatcher: Dispatcher;
  /** The user agent of k6: some firewalls refuse clients without one. */
  readonly userAgent: string;
  /** Whether the queue is empty; null if that is not known. */
  readonly isQueueEmpty: () => Promise<boolean | null>;
  /** Whether to end the wait early. */
  readonly stopped: () => boolean;
}

export interface StoredReads {
  readonly book: ReadBook;
  readonly waitedMs: number;
  /** Epoch ms of the last read. */
  readonly endedMs: number;
}

const REQUEST_TIMEOUT_MS = 10_000;
const EMPTY_POLL_MS = 500;
/** How long it may take to notice a stop. */
const STOP_POLL_MS = 250;
const MAX_BODY_BYTES = 1_000_000;
const DECODERS: Readonly<
  Record<string, (body: Buffer, options: { readonly maxOutputLength: number }) => Buffer>
> = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };
/** Statuses that ask a reader to slow down. */
const SLOW_DOWN = [429, 503];

/**
 * Reads accepted orders by their ids, the same way as k6 sent them, until all are found and the queue is empty, or the
 * limit is reached. `storedAt` is the target's own time, so the time of the read does not matter. Never throws.
 */
export async function readStoredOrders(options: ReadStoredOptions): Promise<StoredReads> {
  const { limitMs, stopped } = options;
  const startMs = Date.now();
  const schedule = createReadSchedule({ ...options, startMs });
  const inFlight = new Set<Promise<void>>();

  async function readOne(iteration: number): Promise<void> {
    schedule.done(await readOrder(iteration, options));
  }

  while (!stopped()) {
    const nowMs = Date.now();
    const next = schedule.next(nowMs);
    if (next.do === 'end') break;
    if (next.do === 'read') {
      const reading = readOne(next.iteration).finally(() => inFlight.delete(reading));
      inFlight.add(reading);
      continue;
    }
    if (next.do === 'rest') {
      if ((await options.isQueueEmpty().catch(() => null)) !== false) break;
      await delay(Math.max(0, Math.min(EMPTY_POLL_MS, startMs + limitMs - Date.now())));
      continue;
    }
    await Promise.race([
      delay(Math.min(STOP_POLL_MS, Math.max(1, next.untilMs - nowMs))),
      ...inFlight,
    ]);
  }
  await Promise.all(inFlight);
  const endedMs = Date.now();
  return { book: schedule.book(), waitedMs: endedMs - startMs, endedMs };
}

async function readOrder(
  iteration: number,
  { requestOf, userAgent, dispatcher }: ReadStoredOptions,
): Promise<ReadResult> {
  const sentMs = Date.now();
  try {
    const { url, headers, marks } = requestOf(iteration);
    const answer = await request(url, {
      headers: { 'user-agent': userAgent, ...headers },
      dispatcher,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const receivedMs = Date.now();
    const body = await readBody(answer.body, answer.headers['content-encoding']);
    const status = answer.statusCode;
    const dateMs = answer.headers['age'] ? NaN : Date.parse(String(answer.headers['date'] ?? ''));
    const retryAfterMs = Number(answer.headers['retry-after']) * 1000;
    return {
      iteration,
      sentMs,
      receivedMs,
      reading: judgeRead({ status, body }, marks),
      ...(SLOW_DOWN.includes(status) && {
        slowDown: { retryAfterMs: retryAfterMs >= 0 ? retryAfterMs : null },
      }),
      ...(!Number.isNaN(dateMs) && { dateMs }),
    };
  } catch (error) {
    const reading = { kind: 'unclear', what: causeOf(error) } as const;
    return { iteration, sentMs, receivedMs: Date.now(), reading };
  }
}

/** The text of a response, decompressed as by k6 even though the request did not ask for compression. */
async function readBody(
  chunks: AsyncIterable<Buffer>,
  encoding: string | string[] | undefined,
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error(`a response above ${MAX_BODY_BYTES} bytes`);
    parts.push(chunk);
  }
  const body = Buffer.concat(parts);
  const decode = DECODERS[String(encoding)];
  return (decode?.(body, { maxOutputLength: MAX_BODY_BYTES }) ?? body).toString();
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no response in time';
  return codeOf(error) ?? error.message;
}
