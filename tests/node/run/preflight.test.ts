import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { proxyOf } from '../../../lib/node/http/proxy-of.ts';
import { targetConnection, targetDispatcher } from '../../../lib/node/http/target-dispatcher.ts';
import { checkReachable } from '../../../lib/node/run/preflight.ts';
import { makeSelfSigned } from '../../e2e/support/self-signed.ts';

interface Asked {
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

async function check(url: string, { timeoutMs, env = {} }: Asked = {}): Promise<void> {
  const access = { env, trusted: null, clientCertificate: null };
  const byProxy = proxyOf(url, env) === null ? null : targetDispatcher(url, access);
  onTestFinished(() => byProxy?.destroy());
  const connection = targetConnection(access);
  await checkReachable(url, { connection, byProxy, ...(timeoutMs && { timeoutMs }) });
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each([200, 204, 307, 401, 404, 429, 500, 503])('takes %d for an answer', async (status) => {
  const seen: string[] = [];
  const answer: RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(status, { location: '/elsewhere' }).end();
  };
  await check(`${await listen(createHttpServer(answer))}/prod`);
  expect(seen).toEqual(['GET /prod']);
});

it('does not wait for the body of the answer', async () => {
  const server = createHttpServer((_, response) => response.writeHead(200).write('begun …'));
  const url = await listen(server);
  await check(url);
  server.closeAllConnections();
});

const unreachable = (reason: RegExp) =>
  expect.objectContaining({
    code: 'E_TARGET_UNREACHABLE',
    exitCode: 4,
    message: expect.stringMatching(
      new RegExp(`^no HTTP response from \\S+ \\(${reason.source}\\); .*$`),
    ),
  });

it('says in one line why nothing answers', async () => {
  const closed = createServer();
  const url = await listen(closed);
  closed.close();
  await expect(check(url)).rejects.toEqual(unreachable(/ECONNREFUSED/));
  await expect(check('http://orders.invalid')).rejects.toEqual(unreachable(/E[A-Z_]+/));
});

it('reaches ports that browsers refuse', async () => {
  await expect(check('http://127.0.0.1:6000')).rejects.toEqual(unreachable(/ECONNREFUSED/));
});

it('gives up on a server that says nothing', async () => {
  const sockets: { destroy(): void }[] = [];
  const url = await listen(createServer((socket) => void sockets.push(socket)));
  await expect(check(url, { timeoutMs: 200 })).rejects.toEqual(
    unreachable(/nothing within 0\.2 s/),
  );
  for (const socket of sockets) socket.destroy();
});

it('says what to do where something is there and gives no answer', async () => {
  const silent = await listen(createServer());
  const closing = await listen(createServer((socket) => socket.on('error', () => undefined).end()));
  const resetting = await listen(createServer((socket) => void socket.resetAndDestroy()));
  for (const [url, reason] of [
    [silent, /nothing within 0\.2 s/],
    [closing, /closed without a response|ECONNRESET/],
    [resetting, /ECONNRESET|closed without a response/],
  ] as const) {
    const failure = await check(url, { timeoutMs: 200 }).catch((error: unknown) => error);
    expect(failure).toEqual(unreachable(reason));
    expect(String(failure)).toMatch(
      /--preflight-path \/health; --preflight-path none skips this check/,
    );
  }
});

const serve = (answer: (socket: Socket) => void) =>
  listen(createServer((socket) => answer(socket.on('error', () => undefined))));

it('says what to do about a server that closes, resets or speaks something else', async () => {
  const closes = await serve((socket) => void socket.end());
  await expect(check(closes)).rejects.toThrow(/\(closed without a response\); it closed .*https/);
  const resets = await serve((socket) => void socket.resetAndDestroy());
  await expect(check(resets)).rejects.toThrow(/\(ECONNRESET\); .*reset the connection/);
  const plain = await serve((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await expect(check(plain.replace('http', 'https'))).rejects.toThrow(
    /\(E[A-Z_]+\); that port does not speak TLS/,
  );
});

it('says what to do about a certificate that is not trusted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-tls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { key, cert } = await makeSelfSigned(folder);
  const answer: RequestListener = (_, response) => void response.end();
  const url = await listen(createHttpsServer({ key, cert }, answer));
  await expect(check(url.replace('http', 'https'))).rejects.toThrow(
    /\(DEPTH_ZERO_SELF_SIGNED_CERT\); .* with --ca/,
  );
});

it('is not content with something else than HTTP', async () => {
  const url = await listen(
    createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0\r\n')),
  );
  await expect(check(url)).rejects.toEqual(unreachable(/.+/));
});

it('asks localhost where k6 will, by IPv4, and says what to do about a server at ::1', async () => {
  const closed = createServer();
  const { port } = new URL(await listen(closed));
  closed.close();
  await expect(check(`http://localhost:${port}`)).rejects.toThrow(
    `(ECONNREFUSED); nothing listens there: start the target, or fix the host and port in --target. k6 prefers IPv4: a server that listens only on ::1 is at http://[::1]:${port}`,
  );
});

it('asks the proxy that k6 will use, as k6 will, but never for loopback', async () => {
  const asked: string[] = [];
  const proxy = await listen(
    createHttpServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(204).end();
    }),
  );
  const env = { HTTP_PROXY: proxy, NO_PROXY: 'direct.invalid' };
  await check('http://orders.invalid/prod', { env });
  expect(asked).toEqual(['GET http://orders.invalid/prod']);
  await expect(check('http://direct.invalid', { env })).rejects.toThrow(/no HTTP response/);
  const target = await listen(createHttpServer((_, response) => response.end()));
  await check(target, { env });
  expect(asked).toHaveLength(1);
});
