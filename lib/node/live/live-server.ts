import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EXIT, UserError } from '../../core/errors/user-error.ts';

const LOOPBACK = '127.0.0.1';
/** A page is rendered at most this often, and only while a client waits for it. */
const EVERY_MS = 1000;
/** Node's timers have a resolution of a millisecond and may fire one early. */
const TIMER_SLACK_MS = 2;
/** An open page that has not polled for this long counts as closed. */
const GONE_AFTER_MS = 3000;
/** How long the command waits at its end for the pages that are still open. */
const FAREWELL_MS = 1500;

export interface LiveServer {
  readonly url: string;
  /** Sends the last page to all clients that wait or still poll; resolves once all open pages have it. */
  finish(page: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves a page that changes during a run, on loopback and any free port. `GET /` is the current page.
 * `GET /next?client=…` waits for a newer one; the last response has the header `x-run: ended`.
 * @param render returns the current page.
 */
export async function startLiveServer(render: () => string): Promise<LiveServer> {
  const waiting = new Map<ServerResponse, string>();
  /** When each open page last got a response other than the last one. */
  const open = new Map<string, number>();
  let last: string | null = null;
  let rendered = { atMs: Number.NEGATIVE_INFINITY, page: '' };
  let timer: NodeJS.Timeout | null = null;

  const current = (): string => {
    if (last !== null) return last;
    if (performance.now() - rendered.atMs >= EVERY_MS - TIMER_SLACK_MS) {
      rendered = { atMs: performance.now(), page: render() };
    }
    return rendered.page;
  };

  const answer = (response: ServerResponse, client: string | null): void => {
    const page = current();
    if (client !== null) {
      if (last === null) open.set(client, performance.now());
      else response.once('finish', () => open.delete(client));
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-run': last === null ? 'running' : 'ended',
    });
    response.end(page);
  };

  const answerWaiting = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const [response, client] of waiting) answer(response, client);
    waiting.clear();
  };

  const wait = (response: ServerResponse, client: string): void => {
    if (last !== null) {
      answer(response, client);
      return;
    }
    waiting.set(response, client);
    response.once('close', () => waiting.delete(response));
    timer ??= setTimeout(answerWaiting, Math.max(0, rendered.atMs + EVERY_MS - performance.now()));
  };

  const server = createServer((request, response) => {
    const url = urlOf(request, (server.address() as AddressInfo).port);
    if (url === null) return void response.writeHead(403).end();
    if (request.method !== 'GET') return void response.writeHead(405).end();
    if (url.pathname === '/') return answer(response, null);
    if (url.pathname === '/next') return wait(response, url.searchParams.get('client') ?? '');
    response.writeHead(404).end();
  });
  server.listen(0, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new UserError(
      'E_LIVE_LISTEN',
      `The live report cannot be served on ${LOOPBACK} (${(error as Error).message}). Run without --live.`,
      EXIT.environment,
    );
  }

  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/`,
    finish: async (page) => {
      last = page;
      answerWaiting();
      const deadline = performance.now() + FAREWELL_MS;
      const isOpen = () => [...open.values()].some((at) => performance.now() - at < GONE_AFTER_MS);
      while (isOpen() && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Null for a request with another host name: another site may have pointed its name at this address. */
function urlOf(request: IncomingMessage, port: number): URL | null {
  const host = request.headers.host ?? '';
  if (host !== `${LOOPBACK}:${port}` && host !== `localhost:${port}`) return null;
  const target = request.url ?? '/';
  const base = `http://${host}`;
  return URL.canParse(target, base) ? new URL(target, base) : null;
}
