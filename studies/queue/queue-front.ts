import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface QueueFrontPlan {
  /** From acceptance to stored, of every order or of the nth one; null for one that is lost. */
  readonly lagMs: number | ((nth: number) => number | null);
  /** `storedAt` as this API writes it; epoch ms unless said otherwise. */
  readonly writeTime?: (storedMs: number) => unknown;
  /** The API's clock minus this machine's. */
  readonly skewMs?: number;
  /** Reads are answered so much later. */
  readonly readMs?: number;
  /** Every read is answered with this status. */
  readonly readStatus?: number;
  /** Reads of which this comes true are answered with 500. */
  readonly failsRead?: () => boolean;
}

export interface QueueFront {
  readonly url: string;
  /** Orders accepted, and lost. */
  readonly counts: () => { readonly accepted: number; readonly lost: number };
  /** As requests named them: whole URLs where this was asked as a proxy. */
  readonly reads: readonly string[];
  readonly close: () => void;
}

interface StoredOrder {
  readonly order: Readonly<Record<string, unknown>>;
  readonly storedMs: number;
}

/**
 * Starts the front of a queue as other people have one, with a known lag and known losses. It takes requests for any
 * host, so that it is its own proxy.
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
    const found = orders.get(id);
    if (found === undefined || found.storedMs > nowMs()) return [404, { message: 'Not Found' }];
    return [200, { ...found.order, storedAt: writeTime(found.storedMs) }];
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const [status, answer] =
      request.method === 'POST' ? take(body) : read(pathname.split('/').pop() ?? '');
    if (pathname.startsWith('/orders/') && request.method === 'GET') {
      reads.push(request.url ?? '');
      await new Promise((done) => setTimeout(done, plan.readMs ?? 0));
    }
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(skewMs !== 0 && { date: new Date(nowMs()).toUTCString() }),
    });
    response.end(JSON.stringify(answer));
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
