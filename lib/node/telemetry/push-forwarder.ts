import { Agent, RetryAgent, request } from 'undici';

/** Headers that make a push what it is; whatever else k6 sent was meant for the receiver. */
const PUSH_HEADERS = ['content-type', 'content-encoding', 'x-prometheus-remote-write-version'];

/** As much as waits for a server that is slow or away; at one push a second a quarter of an hour. */
const MAX_WAITING = 900;
const MAX_WAITING_BYTES = 64 * 2 ** 20;
const RETRIES = { maxRetries: 4, minTimeout: 250, maxTimeout: 4000 };
const ANSWER_WITHIN_MS = 10_000;
const USER_AGENT = 'serverless-order-load';

export interface ForwarderOptions {
  /** Remote-write endpoint. */
  readonly url: string;
  /** Sent with every push: authorization, tenant. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface ForwardStats {
  /** Pushes that the server took. */
  readonly forwarded: number;
  /** Pushes that it did not take, or that could not wait for it any longer. */
  readonly failed: number;
  /** Why the last of them failed: a status or the code of an error; null without one. */
  readonly lastFailure: string | null;
}

export interface PushForwarder {
  /** Takes a push and returns at once. */
  readonly forward: (
    body: Buffer,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ) => void;
  /** Gives what still waits that much longer, then counts it as failed. */
  readonly finish: (withinMs: number) => Promise<ForwardStats>;
}

interface Waiting {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends pushes on to another remote-write receiver, one after the other: Prometheus refuses samples that
 * are out of order. The oldest gives way where too many wait, because pushes are cumulative. Nothing
 * here throws or holds up who calls it.
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
      fail(ending.signal.aborted ? 'it did not answer in time' : reasonOf(error));
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
        fail('too many pushes waited');
      }
      sending ??= sendAll();
    },
    finish: async (withinMs) => {
      const timer = setTimeout(() => {
        while (next() !== undefined) fail('it did not answer in time');
        ending.abort();
      }, withinMs);
      await sending;
      clearTimeout(timer);
      await agent.destroy();
      return { forwarded, failed, lastFailure };
    },
  };
}

/** A status or a code; the text of an error may hold the URL. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'no answer';
  if ('statusCode' in error && typeof error.statusCode === 'number') {
    return `status ${error.statusCode}`;
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
}
