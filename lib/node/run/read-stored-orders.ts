import { setTimeout as delay } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';
import type { DatedAnswer } from '../../core/report/clock-offset.ts';
import type { StoredOrders } from '../../core/report/queue-facts.ts';

export interface ReadStoredOptions {
  /** Sends the reads the way that k6 sent the orders. */
  readonly dispatcher: Dispatcher;
  /** Absolute URL and headers of the GET of an iteration's order. */
  readonly requestOf: (iteration: number) => {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  /** Iterations whose orders were accepted. */
  readonly iterations: readonly number[];
  readonly limitMs: number;
  /** GETs a second at most. */
  readonly ratePerSecond: number;
  /** Whether nothing waits in the queue any more; null where nobody knows. */
  readonly isQueueEmpty: () => Promise<boolean | null>;
  /** Whether the wait is to end early. */
  readonly stopped: () => boolean;
}

const REQUEST_TIMEOUT_MS = 10_000;
/** Orders are stored about in turn: after so many that are not, the next ones can wait. */
const MISSES_OF_A_PASS = 20;
const PASS_MS = 500;
/** GETs cannot be told from load on the target; a few at once hide its latency. */
const AT_ONCE = 8;
const MAX_DATED = 1000;

/**
 * Reads orders by their ids until all of them are stored and nothing waits in the queue, or the limit
 * is reached. `storedAt` is the target's own, so that it does not matter when it is read. Never throws.
 */
export async function readStoredOrders(options: ReadStoredOptions): Promise<StoredOrders> {
  const { limitMs, stopped } = options;
  const startedMs = performance.now();
  const storedAtMs = new Map<number, number | null>();
  const answers: DatedAnswer[] = [];
  let readErrors = 0;
  let pending = [...options.iterations];
  const waitedMs = () => performance.now() - startedMs;
  const isOver = () => stopped() || waitedMs() >= limitMs;

  async function readOne(iteration: number): Promise<boolean> {
    const { url, headers } = options.requestOf(iteration);
    const sentMs = Date.now();
    try {
      const {
        statusCode,
        headers: received,
        body,
      } = await request(url, {
        headers,
        dispatcher: options.dispatcher,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      const text = await body.text();
      const dateMs = Date.parse(String(received['date'] ?? ''));
      if (!Number.isNaN(dateMs) && answers.length < MAX_DATED) {
        answers.push({ sentMs, receivedMs: Date.now(), dateMs });
      }
      if (statusCode === 200) storedAtMs.set(iteration, storedAtOf(text));
      else if (statusCode !== 404) readErrors += 1;
    } catch {
      readErrors += 1;
    }
    return storedAtMs.has(iteration);
  }

  /** One turn through the orders that are still missing; those that were not reached come first next time. */
  async function pass(): Promise<void> {
    const missed: number[] = [];
    let next = 0;
    while (next < pending.length && missed.length < MISSES_OF_A_PASS && !(next > 0 && isOver())) {
      const batch = pending.slice(next, next + AT_ONCE);
      const paced = delay((batch.length / options.ratePerSecond) * 1000);
      const found = await Promise.all(batch.map(readOne));
      missed.push(...batch.filter((_, index) => found[index] === false));
      next += batch.length;
      await paced;
    }
    pending = [...pending.slice(next), ...missed];
  }

  for (;;) {
    await pass();
    const isDone =
      pending.length === 0 && (await options.isQueueEmpty().catch(() => null)) !== false;
    if (isDone || isOver()) break;
    await delay(Math.max(0, Math.min(PASS_MS, limitMs - waitedMs())));
  }
  return { storedAtMs, readErrors, answers, waitedMs: waitedMs(), endedMs: Date.now() };
}

function storedAtOf(text: string): number | null {
  try {
    const { storedAt } = JSON.parse(text) as { storedAt?: unknown };
    return typeof storedAt === 'number' && Number.isFinite(storedAt) ? storedAt : null;
  } catch {
    return null;
  }
}
