import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, type TestContext } from 'vitest';
import { makeSelfSigned } from './support/self-signed.ts';
import { startLoad } from './support/start-load.ts';

const OK = '"Order created successfully"';
const LOAD = 'steady --profile quick --rate 20';
const CANARY = 'canary-token-4711-"with"-more';

type Handle = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

/** Answers each order by `handle`, which is told its number; a GET is the preflight's. */
async function startServer(context: TestContext, handle: Handle, tls?: ServerOptions) {
  let orders = 0;
  const answer: RequestListener = (request, response) => {
    request.resume().once('end', () => {
      if (request.method === 'GET') response.end();
      else handle(request, response, orders++);
    });
  };
  const server = tls === undefined ? createServer(answer) : createHttpsServer(tls, answer);
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  context.onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, seen: () => orders };
}

async function run(context: TestContext, args: string, env: Record<string, string> = {}) {
  const load = startLoad(args, { env });
  context.onTestFinished(load.dispose);
  return { ...(await load.done), load };
}

async function folderOf(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-failures-'));
  context.onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const HOSTILE = '</script><script>alert(1)</script>\u001b[2J\u0007|`x`|\u202e';

/** One after the other, from the start again; each is an order in ten. */
const HABITS: readonly Handle[] = [
  (_, to) => to.end(OK),
  (request, to) => {
    const echo = JSON.stringify({ got: request.headers['authorization'], text: HOSTILE });
    to.writeHead(403, { server: 'nginx', 'set-cookie': 'session=abc' }).end(echo);
  },
  (_, to) => {
    const page = gzipSync(`<!DOCTYPE html><title>No such page</title>${HOSTILE}`);
    to.writeHead(404, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(page);
  },
  (_, to) => to.writeHead(500).end(Buffer.from([0, 1, 2, 255, 254, 253])),
  (request, to) => {
    const auth = request.headers['authorization'] ?? '';
    // The secret lies across the end of what is shown.
    to.writeHead(413).end(`${'.'.repeat(290)}${auth}${'x'.repeat(3e6)}`);
  },
  (request, to) => {
    const next = encodeURIComponent(request.headers['authorization'] ?? '');
    to.writeHead(307, { location: `https://login.test/in?next=${next}` }).end();
  },
  (_, to, nth) => to.writeHead(430 + nth, { 'content-length': 0 }).end(),
  (_, to) => to.socket?.resetAndDestroy(),
  (_, to) => {
    to.writeHead(200, { 'content-length': 100 }).write('"Order', () => to.destroy());
  },
  (_, to) => to.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>'),
];

describe.concurrent('why orders failed', () => {
  it('is told in every output, bounded, without secrets and without meaning to a terminal or a page', async (context) => {
    const { url } = await startServer(context, (request, response, nth) =>
      HABITS[nth % HABITS.length]?.(request, response, nth),
    );
    const args = `${LOAD} --duration 5s --target ${url} --bearer-env TOKEN`;
    const { stdout, stderr, load } = await run(context, args, { TOKEN: CANARY });
    const { requests } = await load.report();
    const failures = requests.failures ?? [];
    for (const [outcome, count] of Object.entries(requests.outcomes)) {
      if (outcome === 'created' || outcome === 'duplicate') continue;
      const told = failures.filter((one) => one.outcome === outcome);
      expect(told.reduce((sum, { orders }) => sum + orders, 0)).toBe(count);
    }
    const of = (status: number) => failures.find((one) => one.status === status);
    for (const status of [403, 404, 500, 413, 307, 200]) {
      expect(of(status)).toMatchObject({ orders: 10, error: null });
    }
    expect(of(403)?.example).toEqual({
      headers: { Server: 'nginx' },
      body: expect.stringContaining('"Bearer ***"'),
      bodyCharacters: expect.any(Number),
    });
    expect(of(404)?.example?.body).toContain('No such page');
    expect(of(404)?.hint).toMatch(/path/);
    expect(of(500)?.example?.body).toBe('(not text)');
    expect(of(413)?.example?.bodyCharacters).toBeGreaterThan(3e6);
    expect(of(413)?.example?.body.length).toBeLessThan(310);
    expect(of(307)?.hint).toMatch(/^it points to https:\/\/login\.test\/in;/);
    expect(of(200)).toMatchObject({
      outcome: 'unexpectedBody',
      hint: expect.stringMatching(/login/),
    });
    // Ten that were made up, and 500.
    expect(failures.filter(({ status }) => status !== null && status >= 430)).toHaveLength(11);
    const ofNetwork = failures.filter(({ status }) => status === null);
    expect(ofNetwork.map(({ error, orders }) => [error, orders])).toEqual(
      expect.arrayContaining([
        ['read: connection reset by peer', 10],
        ['unexpected EOF', 10],
      ]),
    );
    for (const { hint } of ofNetwork) expect(hint).toMatch(/may have been stored/);

    const files = await readdir(load.out);
    const texts = new Map<string, string>([
      ['stdout', stdout],
      ['stderr', stderr],
    ]);
    for (const file of files) texts.set(file, await readFile(join(load.out, file), 'utf8'));
    for (const [name, text] of texts) {
      expect(/canary|token-4711|session=abc/.exec(text)?.[0], name).toBeUndefined();
      expect(/[\p{Cc}\u202e]/u.exec(text.replace(/[\r\n\t]/g, ''))?.[0], name).toBeUndefined();
    }
    expect(texts.get('report.html')).not.toContain('<script>alert');
    for (const name of ['stdout', 'report.html', 'report.md', 'junit.xml', 'k6.log']) {
      expect(texts.get(name), name).toContain('403 × 10');
      expect(texts.get(name), name).toContain('may have been stored');
    }
    expect(texts.get('k6.log')).toMatch(/Request Failed: .*connection reset by peer/);
  });

  it('says since when a token is refused', async (context) => {
    let firstMs = 0;
    const { url } = await startServer(context, (_, response) => {
      firstMs ||= performance.now();
      if (performance.now() - firstMs < 2000) response.end(OK);
      else response.writeHead(401).end('{"message":"Unauthorized"}');
    });
    const { stdout } = await run(context, `${LOAD} --duration 4s --target ${url}`);
    expect(stdout).toMatch(
      /failures are 401: since second [12], and orders were stored before that: the credentials have probably expired/,
    );
    expect(stdout).toMatch(/401 × \d+, second [12] to 4\n +\{"message":"Unauthorized"\}/);
  });

  it('is this machine’s doing where k6 refuses a header, and a secret that cannot be sent is refused before', async (context) => {
    const { url, seen } = await startServer(context, (_, response) => response.end(OK));
    const broken = `${LOAD} --duration 2s --target ${url} --bearer-env TOKEN`;
    const refused = await run(context, broken, { TOKEN: 'abc\n' });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/E_SECRET_INVALID\]: TOKEN: .*line break/);
    const file = join(await folderOf(context), 'bad-header.ts');
    await writeFile(
      file,
      `import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderLoop } from 'order-load/k6/order-loop.ts';
import { loopOptions } from 'order-load/k6/scenario-options.ts';

const plan = loadPlanFromEnv('own');
export const options = loopOptions(plan);
export default orderLoop({ ...plan, mapping: { ...plan.mapping, headers: { 'x-a': 'b\\n' } } });
`,
    );
    const args = `--scenario ${file} --rate 20 --duration 2s --target ${url}`;
    const { exitCode, stdout, load } = await run(context, args);
    expect(stdout).toMatch(/^\? INVALID .*k6 refused to make the requests: a header/);
    expect(exitCode).toBe(3);
    const { generator, requests } = await load.report();
    expect(generator.notSent).toEqual([{ why: 'request', orders: 40 }]);
    expect(requests.outcomes.connection).toBe(0);
    expect(await load.k6Log()).toMatch(/invalid header field value for \\?"X-A/);
    expect(seen()).toBe(0);
  });

  it('names --ca where a certificate is not trusted, by the preflight or by k6 alone', async (context) => {
    const { key, cert } = await makeSelfSigned(await folderOf(context));
    const { url } = await startServer(context, (_, response) => response.end(OK), { key, cert });
    const args = `${LOAD} --duration 2s --target ${url}`;
    const untrusted = await run(context, args);
    expect(untrusted.exitCode).toBe(4);
    expect(untrusted.stderr).toMatch(
      /E_TARGET_UNREACHABLE.*DEPTH_ZERO_SELF_SIGNED_CERT.* with --ca/,
    );
    const byK6 = await run(context, `${args} --preflight-path none`);
    expect(byK6.exitCode).toBe(4);
    expect(byK6.stdout).toMatch(/^\? INVALID .*40 attempts: x509: .* with --ca/);
  });

  it('is a certificate of the client that the server wants; one that only the scenario has is shown', async (context) => {
    const folder = await folderOf(context);
    const { key, cert, certPath } = await makeSelfSigned(folder);
    const tls = { key, cert, ca: cert, requestCert: true, rejectUnauthorized: true };
    const { url } = await startServer(context, (_, response) => response.end(OK), tls);
    const env = { SSL_CERT_FILE: certPath, NODE_EXTRA_CA_CERTS: certPath };
    const without = await run(context, `${LOAD} --duration 2s --target ${url}`, env);
    expect(without.exitCode).toBe(4);
    expect(without.stderr).toMatch(/E_TARGET_UNREACHABLE.*client certificate/);
    const file = join(folder, 'mtls.ts');
    await writeFile(
      file,
      `import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderLoop } from 'order-load/k6/order-loop.ts';
import { loopOptions } from 'order-load/k6/scenario-options.ts';

const plan = loadPlanFromEnv('own');
const tlsAuth = [{ cert: ${JSON.stringify(String(cert))}, key: ${JSON.stringify(String(key))} }];
export const options = { ...loopOptions(plan), tlsAuth };
export default orderLoop(plan);
`,
    );
    const args = `--scenario ${file} --rate 20 --duration 2s --target ${url}`;
    const shown = await run(context, args, env);
    expect(shown.stdout).toMatch(/^✓ PASS /);
    expect(shown.exitCode).toBe(0);
  });
});
