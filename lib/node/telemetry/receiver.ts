import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reasonOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { createAccumulator, type RecentSecond } from '../../core/telemetry/accumulator.ts';
import { FaultList } from '../../core/telemetry/fault-list.ts';
import type { LiveView } from '../../core/telemetry/live-view.ts';
import type { RunnerTelemetry } from '../../core/telemetry/tally.ts';
import { decodePush } from './decode-push.ts';
import type { PushForwarder } from './push-forwarder.ts';
import { PushQueue } from './push-queue.ts';
import { MAX_BODY_BYTES, readBody } from './read-body.ts';

const WRITE_PATH = '/api/v1/write';
const LOOPBACK = '127.0.0.1';

export interface ReceiverOptions {
  /** Width of the report's windows: a positive multiple of 1000. */
  readonly windowMs: number;
  /** Value of the `run` tag; pushes of other runs are ignored and counted. */
  readonly expectRun: string;
  /** Address to listen on: 127.0.0.1 unless there is a token. */
  readonly host?: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Bearer token that every push must have. */
  readonly token?: string;
  /** Called with each acknowledged push, unchanged; must neither throw nor wait. */
  readonly forward?: PushForwarder['forward'];
}

export interface ReceiverStats {
  /** Pushes that were acknowledged. */
  readonly pushes: number;
  /** Their compressed size. */
  readonly bytes: number;
  /** Pushes that could not be used: unauthorised, too large, cut off, garbled or of another run. */
  readonly rejected: number;
}

export interface Receiver {
  /** URL that k6 pushes to. */
  readonly url: string;
  readonly stats: ReceiverStats;
  /** Faults of pushes of unknown runners; `runners()` repeats them for every runner. */
  faults(): readonly string[];
  live(): LiveView;
  recent(): readonly RecentSecond[];
  /** The settled windows during the run, three seconds behind. */
  soFar(): readonly RunnerTelemetry[];
  /** The tallies by runner. Call `drain()` first. */
  runners(): readonly RunnerTelemetry[];
  /** Resolves once every acknowledged push is counted. */
  drain(): Promise<void>;
  /** Stops listening, and drains. */
  close(): Promise<void>;
}

/**
 * Listens for k6's remote write and keeps the tallies of one run.
 * @throws UserError if it would be open to the network without a token, or cannot listen.
 */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { windowMs, expectRun, host = LOOPBACK, port = 0, token } = options;
  if (host !== LOOPBACK && !token) {
    throw new UserError(
      'E_RECEIVER_EXPOSED',
      `Without a token the telemetry receiver listens only on ${LOOPBACK}, not on ${host}.`,
    );
  }
  const accumulator = createAccumulator({ windowMs, expectRun });
  const faults = new FaultList();
  const stats = { pushes: 0, bytes: 0, rejected: 0 };

  const queue = new PushQueue<Buffer>((body) => {
    try {
      const { foreignSeries } = accumulator.apply(decodePush(body));
      if (foreignSeries > 0) stats.rejected += 1;
    } catch (error) {
      reject('garbled', `a push could not be decoded: ${messageOf(error)}`);
    }
  });

  function reject(subject: string, text: string): void {
    stats.rejected += 1;
    faults.add(subject, text);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = refusalOf(request, token);
    if (status !== null) {
      stats.rejected += 1;
      return finish(response, status);
    }
    const body = await readBody(request);
    if (body === null) {
      reject('large', `a push was larger than ${MAX_BODY_BYTES} bytes`);
      return finish(response, 413);
    }
    // k6 gives up after 5 s and drops the samples, so the response does not wait for the decoding.
    response.writeHead(204).end();
    stats.pushes += 1;
    stats.bytes += body.length;
    queue.add(body);
    options.forward?.(body, request.headers);
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      reject('cut', `a push was cut off: ${messageOf(error)}`);
      response.destroy();
    });
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new UserError(
      'E_RECEIVER_LISTEN',
      `The telemetry receiver cannot listen on ${host}:${port} (${messageOf(error)}). Choose another port.`,
      EXIT.environment,
    );
  }
  const { port: boundPort } = server.address() as AddressInfo;

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}${WRITE_PATH}`,
    stats,
    faults: () => faults.texts(),
    live: () => accumulator.live(),
    recent: () => accumulator.recent(),
    soFar: () => accumulator.soFar(),
    runners: () =>
      accumulator
        .runners()
        .map((runner) => ({ ...runner, faults: [...runner.faults, ...faults.texts()] })),
    drain: () => queue.drain(),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await queue.drain();
    },
  };
}

/** The status with which a request is refused before its body is read, or null. */
function refusalOf(request: IncomingMessage, token: string | undefined): number | null {
  if (request.url !== WRITE_PATH) return 404;
  if (request.method !== 'POST') return 405;
  if (token && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) return 401;
  return null;
}

/** Compares secrets in constant time. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Refuses without reading the rest of the body. */
function finish(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end();
}

function messageOf(error: unknown): string {
  return reasonOf(error);
}
