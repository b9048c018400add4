import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkReachable } from '../../../lib/node/run/preflight.ts';
import { makeSelfSigned } from '../../e2e/support/self-signed.ts';

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
  await checkReachable(`${await listen(createHttpServer(answer))}/prod`);
  expect(seen).toEqual(['GET /prod']);
});

it('does not wait for the body of the answer', async () => {
  const server = createHttpServer((_, response) => response.writeHead(200).write('begun …'));
  const url = await listen(server);
  await checkReachable(url);
  server.closeAllConnections();
});

const unreachable = (reason: RegExp) =>
  expect.objectContaining({
    code: 'E_TARGET_UNREACHABLE',
    exitCode: 4,
    message: expect.stringMatching(
      new RegExp(`^no HTTP answer from \\S+ \\(${reason.source}\\); .*$`),
    ),
  });

it('says in one line why nothing answers', async () => {
  const closed = createServer();
  const url = await listen(closed);
  closed.close();
  await expect(checkReachable(url)).rejects.toEqual(unreachable(/ECONNREFUSED/));
  await expect(checkReachable('http://orders.invalid')).rejects.toEqual(unreachable(/E[A-Z_]+/));
});

it('reaches ports that browsers refuse', async () => {
  await expect(checkReachable('http://127.0.0.1:6000')).rejects.toEqual(
    unreachable(/ECONNREFUSED/),
  );
});

it('gives up on a server that says nothing', async () => {
  const sockets: { destroy(): void }[] = [];
  const url = await listen(createServer((socket) => void sockets.push(socket)));
  await expect(checkReachable(url, { timeoutMs: 200 })).rejects.toEqual(
    unreachable(/nothing within 0\.2 s/),
  );
  for (const socket of sockets) socket.destroy();
});

const serve = (answer: (socket: Socket) => void) =>
  listen(createServer((socket) => answer(socket.on('error', () => undefined))));

it('says what to do about a server that closes, resets or speaks something else', async () => {
  const closes = await serve((socket) => void socket.end());
  await expect(checkReachable(closes)).rejects.toThrow(
    /\(closed without an answer\); it closed .*https/,
  );
  const resets = await serve((socket) => void socket.resetAndDestroy());
  await expect(checkReachable(resets)).rejects.toThrow(
    /\(ECONNRESET\); .*broke the connection off/,
  );
  const plain = await serve((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await expect(checkReachable(plain.replace('http', 'https'))).rejects.toThrow(
    /\(E[A-Z_]+\); that port does not speak TLS/,
  );
});

it('says what to do about a certificate that is not trusted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-tls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { key, cert } = await makeSelfSigned(folder);
  const answer: RequestListener = (_, response) => void response.end();
  const url = await listen(createHttpsServer({ key, cert }, answer));
  await expect(checkReachable(url.replace('http', 'https'))).rejects.toThrow(
    /\(DEPTH_ZERO_SELF_SIGNED_CERT\); .*SSL_CERT_FILE.*NODE_EXTRA_CA_CERTS/,
  );
});

it('is not content with something else than HTTP', async () => {
  const url = await listen(
    createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0\r\n')),
  );
  await expect(checkReachable(url)).rejects.toEqual(unreachable(/.+/));
});

it('asks localhost where k6 will, by IPv4, and says what to do about a server at ::1', async () => {
  const closed = createServer();
  const { port } = new URL(await listen(closed));
  closed.close();
  await expect(checkReachable(`http://localhost:${port}`)).rejects.toThrow(
    `(ECONNREFUSED); nothing listens there: start the target, or mend host and port in --target. k6 prefers IPv4: a server at ::1 alone is http://[::1]:${port}`,
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
  await checkReachable('http://orders.invalid/prod', { env });
  expect(asked).toEqual(['GET http://orders.invalid/prod']);
  await expect(checkReachable('http://direct.invalid', { env })).rejects.toThrow(/no HTTP answer/);
  const target = await listen(createHttpServer((_, response) => response.end()));
  await checkReachable(target, { env });
  expect(asked).toHaveLength(1);
});
