import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface QueueFrontPlan {
  /** Time from acceptance to storage, of every order or of the nth one; null for an order that is lost. */
  readonly lagMs: number | ((nth: number) => number | null);
  /** `storedAt` in the API's own format; epoch ms by default. */
  readonly writeTime?: (storedMs: number) => unknown;
  /** The API's clock minus this machine's. */
  readonly skewMs?: number;
  /** Reads are delayed by this. */
  readonly readMs?: number;
  /** The status of the response to every read. */
  readonly readStatus?: number;
  /** Whether a read fails with 500; called for every read. */
  readonly failsRead?: () => boolean;
}

export interface QueueFront {
  readonly url: string;
  /** Number of accepted orders, and of lost ones. */
  readonly counts: () => { readonly accepted: number; readonly lost: number };
  /** URLs as in the requests: whole URLs if this server was used as a proxy. */
  readonly reads: readonly string[];
  readonly close: () => void;
}

interface StoredOrder {
  readonly order: Readonly<Record<string, unknown>>;
  readonly storedMs: number;
}

/**
 * Starts a server that behaves like the API of a queue of the user's own, with a known lag and known losses. It accepts
 * requests for any host, so it can also be its own proxy.
 */
export async function startQueueFront(plan: QueueFrontPlan): Promise<QueueFront> {
  const { lagMs, writeTime = (ms) => ms, skewMs = 0 } = plan;
  const orders = new Map<string, StoredOrder>();
  const reads: string[] = [];
  let accepted = 0;
  let lost = 0;
  const nowMs = () => Date.now() + skewMs;

  function take(body: string): readonly [number, unknown] {
    const order = JSON.parse(body) as StoredOrder['order'];
    const orderLagMs = typeof lagMs === 'number' ? lagMs : lagMs(accepted);
    accepted += 1;
    if (orderLagMs === null) lost += 1;
    else orders.set(String(order['orderId']), { order, storedMs: nowMs() + orderLagMs });
    return [202, 'Order accepted'];
  }

  function read(id: string): readonly [number, unknown] {
    if (plan.readStatus !== undefined) return [plan.readStatus, { message: 'Forbidden' }];
    if (plan.failsRead?.()) return [500, { message: 'Internal Server Error' }];
    const stored = orders.get(id);
    if (stored === undefined || stored.storedMs > nowMs()) return [404, { message: 'Not Found' }];
    return [200, { ...stored.order, storedAt: writeTime(stored.storedMs) }];
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const [status, content] =
      request.method === 'POST' ? take(body) : read(pathname.split('/').pop() ?? '');
    if (pathname.startsWith('/orders/') && request.method === 'GET') {
      reads.push(request.url ?? '');
      await new Promise((done) => setTimeout(done, plan.readMs ?? 0));
    }
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(skewMs !== 0 && { date: new Date(nowMs()).toUTCString() }),
    });
    response.end(JSON.stringify(content));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    counts: () => ({ accepted, lost }),
    reads,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
