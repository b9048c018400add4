import { Agent, RetryAgent, request } from 'undici';

/** Headers that are passed on; k6's others were meant for the receiver. */
const PUSH_HEADERS = ['content-type', 'content-encoding', 'x-prometheus-remote-write-version'];

/** Most pushes that wait for a slow or unreachable server: a quarter of an hour at one push per second. */
const MAX_WAITING = 900;
const MAX_WAITING_BYTES = 64 * 2 ** 20;
const RETRIES = { maxRetries: 4, minTimeout: 250, maxTimeout: 4000 };
const ANSWER_WITHIN_MS = 10_000;
const USER_AGENT = 'serverless-order-load';

export interface ForwarderOptions {
  /** Remote-write endpoint. */
  readonly url: string;
  /** Headers of every push: authorization, tenant. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface ForwardStats {
  /** Pushes that the server accepted. */
  readonly forwarded: number;
  /** Pushes that it did not accept, or that were dropped from the queue. */
  readonly failed: number;
  /** Why the last of them failed: a status or an error code; null without one. */
  readonly lastFailure: string | null;
}

export interface PushForwarder {
  /** Queues a push and returns immediately. */
  readonly forward: (
    body: Buffer,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ) => void;
  /** Waits that much longer for the queued pushes, then counts the rest as failed. */
  readonly finish: (withinMs: number) => Promise<ForwardStats>;
}

interface Waiting {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Forwards pushes to another remote-write receiver, one after the other, because Prometheus refuses samples that are
 * out of order. If too many wait, the oldest is dropped: pushes are cumulative. Nothing here throws or blocks the
 * caller.
 */
export function createPushForwarder({ url, headers: own }: ForwarderOptions): PushForwarder {
  const agent = new Agent({ connections: 1, connect: { timeout: ANSWER_WITHIN_MS } });
  const dispatcher = new RetryAgent(agent, { ...RETRIES, methods: ['POST'] });
  const ending = new AbortController();
  const waiting: Waiting[] = [];
  let waitingBytes = 0;
  let forwarded = 0;
  let failed = 0;
  let lastFailure: string | null = null;
  let sending: Promise<void> | null = null;

  function fail(why: string): void {
    failed += 1;
    lastFailure = why;
  }

  function next(): Waiting | undefined {
    const first = waiting.shift();
    waitingBytes -= first?.body.length ?? 0;
    return first;
  }

  async function send({ body, headers }: Waiting): Promise<void> {
    try {
      const answer = await request(url, {
        method: 'POST',
        headers: { ...headers, ...own },
        body,
        dispatcher,
        headersTimeout: ANSWER_WITHIN_MS,
        bodyTimeout: ANSWER_WITHIN_MS,
        signal: ending.signal,
      });
      await answer.body.dump();
      if (answer.statusCode >= 200 && answer.statusCode < 300) forwarded += 1;
      else fail(`status ${answer.statusCode}`);
    } catch (error) {
      fail(ending.signal.aborted ? 'it did not respond in time' : reasonOf(error));
    }
  }

  async function sendAll(): Promise<void> {
    for (let push = next(); push !== undefined; push = next()) await send(push);
    sending = null;
  }

  return {
    forward: (body, given) => {
      const headers: Record<string, string> = { 'user-agent': USER_AGENT };
      for (const name of PUSH_HEADERS) {
        const value = given[name];
        if (typeof value === 'string') headers[name] = value;
      }
      waiting.push({ body, headers });
      waitingBytes += body.length;
      while (waiting.length > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES) {
        next();
        fail('too many pushes were waiting');
      }
      sending ??= sendAll();
    },
    finish: async (withinMs) => {
      const timer = setTimeout(() => {
        while (next() !== undefined) fail('it did not respond in time');
        ending.abort();
      }, withinMs);
      await sending;
      clearTimeout(timer);
      await agent.destroy();
      return { forwarded, failed, lastFailure };
    },
  };
}

/** A status or a code, because the text of an error may contain the URL. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'no response';
  if ('statusCode' in error && typeof error.statusCode === 'number') {
    return `status ${error.statusCode}`;
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : 'no response';
}
