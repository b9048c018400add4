import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type TargetAccess, targetDispatcher } from '../../../lib/node/http/target-dispatcher.ts';
import { makePrivateAuthority, type PrivateAuthority } from './private-authority.ts';

let folder: string;
let authority: PrivateAuthority;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'order-load-ca-'));
  authority = makePrivateAuthority(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const secure = ({ client, ...options }: ServerOptions & { client?: boolean } = {}) => {
  const { server, ca } = authority;
  const asked = client ? { ca, requestCert: true, rejectUnauthorized: true } : {};
  return portOf(
    createHttpsServer({ ...server, ...asked, ...options }, (_, response) => response.end('in')),
  );
};

async function get(url: string, access: Partial<TargetAccess> = {}): Promise<string> {
  const dispatcher = targetDispatcher(url, {
    ...{ env: {}, trusted: null, clientCertificate: null },
    ...access,
  });
  onTestFinished(() => dispatcher.destroy());
  return (await request(url, { dispatcher })).body.text();
}

describe('an https target', () => {
  it('is trusted by the authority that is given, and by no other', async () => {
    const url = `https://localhost:${await secure()}`;
    await expect(get(url)).rejects.toThrow(/certificate/);
    expect(await get(url, { trusted: [authority.ca] })).toBe('in');
  });

  it('is shown the client certificate that it asks for', async () => {
    const url = `https://localhost:${await secure({ client: true })}`;
    const trusted = [authority.ca];
    await expect(get(url, { trusted })).rejects.toThrow();
    expect(await get(url, { trusted, clientCertificate: authority.client })).toBe('in');
  });
});

describe('a proxy of the environment', () => {
  const startProxy = async (asked: string[]) => {
    const proxy = createHttpServer((incoming, response) => {
      const { 'proxy-authorization': who = '' } = incoming.headers;
      asked.push(`${incoming.method} ${incoming.url} ${who}`.trim());
      response.end('by proxy');
    });
    proxy.on('connect', (incoming, client: Socket, head) => {
      asked.push(`CONNECT ${incoming.url}`);
      // The name is known to the proxy alone.
      const onward = connect(Number(incoming.url?.split(':')[1]), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.write(head);
        onward.pipe(client).pipe(onward);
      });
      for (const socket of [client, onward]) socket.on('error', () => undefined);
    });
    return portOf(proxy);
  };

  it('is asked for an http target in full, with its own password', async () => {
    const asked: string[] = [];
    const env = { HTTP_PROXY: `http://ann:s%40cret@127.0.0.1:${await startProxy(asked)}` };
    expect(await get('http://shop.test/v1?a=b', { env })).toBe('by proxy');
    const who = Buffer.from('ann:s@cret').toString('base64');
    expect(asked).toEqual([`GET http://shop.test/v1?a=b Basic ${who}`]);
  });

  it('tunnels to an https target, which is shown the certificates all the same', async () => {
    const asked: string[] = [];
    const port = await secure({ client: true });
    const env = { HTTPS_PROXY: `127.0.0.1:${await startProxy(asked)}` };
    const access = { env, trusted: [authority.ca], clientCertificate: authority.client };
    expect(await get(`https://shop.test:${port}`, access)).toBe('in');
    expect(asked).toEqual([`CONNECT shop.test:${port}`]);
  });

  it('is not asked for an http target where only HTTPS_PROXY is set', async () => {
    const asked: string[] = [];
    const target = createHttpServer((_, response) => response.end('direct'));
    const env = { HTTPS_PROXY: `http://127.0.0.1:${await startProxy(asked)}` };
    expect(await get(`http://127.0.0.1:${await portOf(target)}`, { env })).toBe('direct');
    expect(asked).toEqual([]);
  });

  it('is refused where k6 does not know its kind', () => {
    const env = { HTTP_PROXY: 'ftp://proxy.test' };
    const access = { env, trusted: null, clientCertificate: null };
    expect(() => targetDispatcher('http://shop.test', access)).toThrow(
      expect.objectContaining({ code: 'E_PROXY', exitCode: 2 }),
    );
  });
});

it('gets to an IPv6 address', async (context) => {
  const server = createHttpServer((_, response) => response.end('six'));
  server.listen(0, '::1');
  const failed = await Promise.race([
    once(server, 'listening').then(() => false),
    once(server, 'error').then(() => true),
  ]);
  if (failed) return context.skip('needs the right to listen at ::1');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const env = { HTTP_PROXY: 'http://127.0.0.1:1' };
  expect(await get(`http://[::1]:${port}`, { env })).toBe('six');
});
