import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { createOrderHandler } from './handlers/create-order.ts';
import { getOrderHandler } from './handlers/get-order.ts';
import type { HttpHandler } from './handlers/http-event.ts';
import { createGateway } from './lambda/gateway.ts';
import { createRequestLog } from './lambda/ground-truth.ts';
import { createLocalFunction } from './lambda/local-function.ts';
import { createPlatformModel } from './lambda/platform-model.ts';
import { type Random, seededRandom } from './lambda/random.ts';
import { parseRoute } from './lambda/routes.ts';
import { openStore } from './store/open-store.ts';
import type { TargetConfig } from './target-config.ts';
import { TargetError } from './target-error.ts';

export interface LocalTarget {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Ends the server and its store at once; calls that are running get no answer. */
  stop(): Promise<void>;
}

/** Orders wait in the kernel, not at the client, while a burst of connections is accepted. */
const LISTEN_BACKLOG = 4096;

/**
 * Starts the order API on loopback: handlers on the platform model, an HTTP gateway and the store.
 * `warn` gets one line for what goes wrong later. Throws TargetError.
 */
export async function startLocalTarget(
  config: TargetConfig,
  warn: (line: string) => void,
): Promise<LocalTarget> {
  const store = await openStore(config.store, warn);
  const onStoreError = warnOnce(warn, 'the store fails, orders are answered with 500');
  const random = seededRandom(config.seed);
  const createOrder = createFunction(
    config,
    random,
    'create-order',
    config.reservedConcurrency,
    () => createOrderHandler({ store, nowMs: Date.now, onStoreError }),
  );
  const getOrder = createFunction(config, random, 'get-order', null, () =>
    getOrderHandler({ store, onStoreError }),
  );
  const log = createRequestLog(new Date());
  const server = createGateway({
    routes: [
      parseRoute('POST /orders', createOrder),
      parseRoute('GET /orders/{orderId}', getOrder),
    ],
    log,
    truth: () => log.read([createOrder, getOrder], () => store.count()),
    throttleStatus: config.throttleStatus,
    onError: warnOnce(warn, 'a handler fails, answered with 502'),
  });
  try {
    const port = await listen(server, config.port);
    return {
      url: `http://127.0.0.1:${port}`,
      async stop() {
        server.close();
        server.closeAllConnections();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function createFunction(
  config: TargetConfig,
  random: Random,
  name: string,
  reservedConcurrency: number | null,
  init: () => HttpHandler,
) {
  const nowMs = () => performance.now();
  return createLocalFunction({
    name,
    model: createPlatformModel(
      {
        accountConcurrency: config.accountConcurrency,
        reservedConcurrency,
        idleReclaimMs: config.idleSeconds * 1000,
        initMedianMs: config.initMs,
        initSigma: config.initSigma,
      },
      { nowMs, random },
    ),
    duration: { workMs: config.workMs, ioMs: config.ioMs, memoryMb: config.memoryMb },
    init,
    nowMs,
    wait,
  });
}

function wait(ms: number): Promise<void> {
  // Timers have a grain of 1 ms and truncate: rounding keeps the mean right.
  const rounded = Math.round(ms);
  if (rounded === 0) return Promise.resolve();
  // The server keeps the process alive; once it has stopped, nobody waits for these answers.
  return new Promise((done) => setTimeout(done, rounded).unref());
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ host: '127.0.0.1', port, backlog: LISTEN_BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new TargetError(
        'E_PORT_IN_USE',
        `port ${port} is taken: stop what listens there, or choose another --port (0 picks a free one)`,
      );
    }
    throw new TargetError(
      'E_LISTEN',
      `cannot listen on 127.0.0.1:${port} (${code}): choose another --port (0 picks a free one)`,
    );
  }
  return (server.address() as AddressInfo).port;
}

/** A store that is down fails every order: the first failure says enough. */
function warnOnce(warn: (line: string) => void, what: string): (error: unknown) => void {
  let warned = false;
  return (error) => {
    if (warned) return;
    warned = true;
    const reason = error instanceof Error ? error.message || error.name : String(error);
    warn(`${what}: ${reason}`);
  };
}
