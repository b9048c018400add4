import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { LogConfig, OrderApiConfig } from './config/order-api-config.ts';
import { OrderApiError } from './config/order-api-error.ts';
import { type OpenLog, openLog } from './emit/open-log.ts';
import { createFaultInjection, type FaultInjection } from './faults/fault-injection.ts';
import { createOrderHandler } from './handlers/create-order.ts';
import { createOrderNaiveHandler, DuplicateOrder } from './handlers/create-order-naive.ts';
import { getOrderHandler } from './handlers/get-order.ts';
import type { HttpHandler } from './handlers/http-event.ts';
import { createGateway, GATEWAY_TIMEOUT_MS } from './lambda/gateway.ts';
import { createRequestLog } from './lambda/ground-truth.ts';
import { parseRoute } from './lambda/routes.ts';
import { createTokenBucket } from './lambda/token-bucket.ts';
import {
  createLocalPlatform,
  type LocalPlatform,
  ON_DEMAND,
  startTimer,
  wait,
} from './local/local-platform.ts';
import type { OrderQueueing } from './local/order-queueing.ts';
import type { OrderApiTruth } from './order-api-truth.ts';
import { openStore } from './store/open-store.ts';
import type { OpenStore, OrderStore } from './store/order-store.ts';

export interface RunningOrderApi {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Stops the server and its store immediately; running calls get no response. */
  stop(): Promise<void>;
}

/** Size of the kernel's queue: a burst of connections waits there, and not at the client. */
const LISTEN_BACKLOG = 4096;
/** AWS keeps at least this many environments of an account for functions without reserved concurrency. */
const MIN_UNRESERVED = 100;

/**
 * Starts the order API on loopback: handlers on the platform model, an HTTP gateway and the store. `warn` is called
 * with one line for each later problem. With `control`, settings can be changed while it runs; they are no part of the
 * config, by which runs are compared.
 *
 * @throws OrderApiError if it cannot start.
 */
export async function startOrderApi(
  config: OrderApiConfig,
  warn: (line: string) => void,
  { control: isControlled = false }: { readonly control?: boolean } = {},
): Promise<RunningOrderApi> {
  const nowMs = () => performance.now();
  const faults = createFaultInjection(config.faults, config.seed, { nowMs, wait });
  const opened = await openStore(config.store, warn);
  const store = faults?.wrapStore(opened) ?? opened;
  const invocationLog = config.logs === null ? null : await openLogBeside(store, config.logs, warn);
  const onStoreError = warnOnce(warn, 'the store fails, orders are answered with 500');
  const control = isControlled ? await loadControl() : null;
  const platform = createLocalPlatform(
    config,
    invocationLog,
    faults,
    control?.reports.onInvocation,
  );
  const createOrder = platform.httpFunction(
    'create-order',
    { reserved: config.reservedConcurrency, provisioned: config.provisionedConcurrency },
    () => newCreateOrder(config.createOrder, store, onStoreError),
    { onlySuccess: config.createOrder === 'naive' },
  );
  const getOrder = platform.httpFunction('get-order', ON_DEMAND, () =>
    getOrderHandler({ store, onStoreError }),
  );
  const unreserved = platform.account.unclaimedConcurrency();
  if (unreserved < MIN_UNRESERVED && unreserved < config.accountConcurrency) {
    warn(
      `only ${unreserved} of ${config.accountConcurrency} environments are left unreserved: AWS refuses to leave fewer than ${MIN_UNRESERVED}`,
    );
  }
  const queueing = await openQueueing(config, platform, store, faults, warn, isControlled);
  const log = createRequestLog(new Date());
  const server = createGateway({
    kind: config.gateway,
    routes: [
      parseRoute('POST /orders', createOrder),
      parseRoute('GET /orders/{orderId}', getOrder),
      ...(queueing?.routes ?? []),
    ],
    log,
    truth: async (): Promise<OrderApiTruth> => {
      // Read before the table: an order that moves in between would otherwise be in neither count.
      const queue = (await queueing?.truth()) ?? null;
      const queued = queueing?.functions ?? [];
      const counted = await log.read([createOrder, getOrder, ...queued], () => store.count());
      return { ...counted, queue, faults: faults?.counts() ?? null };
    },
    control:
      control?.createControl({
        platform,
        config,
        mapping: queueing?.mapping ?? null,
        reports: control.reports,
        onError: warnOnce(warn, 'the control fails, answered with 500'),
      }) ?? null,
    throttleStatus: config.throttleStatus,
    requests: createTokenBucket(
      { capacity: config.gatewayBurst, ratePerSecond: config.gatewayRatePerSecond },
      nowMs,
    ),
    timeout: {
      ms: config.gatewayTimeoutMs ?? GATEWAY_TIMEOUT_MS[config.gateway],
      status: config.gatewayTimeoutStatus,
      startTimer,
    },
    dropsResponse: faults?.dropsResponse,
    onError: warnOnce(warn, 'a handler fails, answered with 502'),
  });
  try {
    const port = await listen(server, config.port);
    return {
      url: `http://127.0.0.1:${port}`,
      async stop() {
        server.close();
        server.closeAllConnections();
        await queueing?.stop();
        await store.close();
        await invocationLog?.close();
      },
    };
  } catch (error) {
    await queueing?.stop();
    await store.close();
    throw error;
  }
}

/** Loaded only if it is switched on. */
async function loadControl() {
  const [{ createControl }, { createReportMemory }] = await Promise.all([
    import('./control/create-control.ts'),
    import('./control/report-memory.ts'),
  ]);
  return { createControl, reports: createReportMemory() };
}

async function openLogBeside(
  store: OpenStore,
  config: LogConfig,
  warn: (line: string) => void,
): Promise<OpenLog> {
  try {
    return await openLog(config, warn);
  } catch (error) {
    await store.close();
    throw error;
  }
}

function newCreateOrder(
  kind: OrderApiConfig['createOrder'],
  store: OrderStore,
  onStoreError: (error: unknown) => void,
): HttpHandler {
  if (kind === 'optimised') return createOrderHandler({ store, nowMs: Date.now, onStoreError });
  return createOrderNaiveHandler({
    openStore: () => store,
    nowMs: Date.now,
    onStoreError: (error) => {
      if (!(error instanceof DuplicateOrder)) onStoreError(error);
    },
  });
}

/** Null without a queue: then neither the SDK's client nor the queue's process is loaded. */
async function openQueueing(
  config: OrderApiConfig,
  platform: LocalPlatform,
  store: OpenStore,
  faults: FaultInjection | null,
  warn: (line: string) => void,
  changeable: boolean,
): Promise<OrderQueueing | null> {
  if (config.queue === null) return null;
  try {
    const { startOrderQueueing } = await import('./local/order-queueing.ts');
    return await startOrderQueueing({
      config: config.queue,
      platform,
      store,
      duration: { workMs: config.workMs, ioMs: config.ioMs },
      changeable,
      faults,
      onStoreError: warnOnce(warn, 'the store fails, queued orders wait'),
      warn,
      warnOnce: (what) => warnOnce(warn, what),
    });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ host: '127.0.0.1', port, backlog: LISTEN_BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new OrderApiError(
        'E_PORT_IN_USE',
        `port ${port} is taken: stop what listens there, or choose another --port (0 picks a free one)`,
      );
    }
    throw new OrderApiError(
      'E_LISTEN',
      `cannot listen on 127.0.0.1:${port} (${code}): choose another --port (0 picks a free one)`,
    );
  }
  return (server.address() as AddressInfo).port;
}

/** Returns a function that warns about the first error only: a store that is down fails every order. */
function warnOnce(warn: (line: string) => void, what: string): (error: unknown) => void {
  let warned = false;
  return (error) => {
    if (warned) return;
    warned = true;
    const reason = error instanceof Error ? error.message || error.name : String(error);
    warn(`${what}: ${reason}`);
  };
}
