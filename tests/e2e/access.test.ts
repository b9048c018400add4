import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, type TestContext } from 'vitest';
import { makePrivateAuthority } from '../node/http/private-authority.ts';
import { commandLines } from './support/processes.ts';
import { type LoadRun, startLoad } from './support/start-load.ts';

const LIFE_MS = 4000;
const QUERY_FLAGS = '--query api-version=2 --query tenant=a/b';
const QUERY = 'api-version=2&tenant=a%2Fb';

async function temporaryFolder({ onTestFinished }: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-access-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function listen(
  { onTestFinished }: TestContext,
  server: Server,
  host = '127.0.0.1',
): Promise<number> {
  await new Promise<void>((done) => server.listen(0, host, done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function load(context: TestContext, args: string, env: Record<string, string> = {}): LoadRun {
  const run = startLoad(args, { env });
  context.onTestFinished(run.dispose);
  return run;
}

interface Store {
  readonly seen: Set<string>;
  readonly listener: RequestListener;
}

/** Takes orders at once, and queued ones a moment later; says which URLs were asked for, without ids. */
function orderStore(admit: (request: IncomingMessage) => number = () => 200): Store {
  const orders = new Map<string, object>();
  const seen = new Set<string>();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '' } = request;
    const { pathname } = new URL(url, 'http://store');
    const body = await text(request);
    seen.add(`${method} ${url.replace(/lt-[^?]*/, '{orderId}')}`);
    const status = admit(request);
    response.setHeader('content-type', 'application/json');
    if (status !== 200) {
      response.writeHead(status).end(JSON.stringify({ headers: request.headers }));
    } else if (method === 'POST') {
      const order = parsed(body);
      if (order === null) {
        response.writeHead(400).end(JSON.stringify('Bad Request'));
        return;
      }
      const { orderId } = order;
      orders.set(orderId, orders.get(orderId) ?? { ...order, storedAt: Date.now() });
      const isQueued = pathname.endsWith('/async');
      response.writeHead(isQueued ? 202 : 200);
      response.end(JSON.stringify(isQueued ? 'Order accepted' : 'Order created successfully'));
    } else {
      const order = orders.get(decodeURIComponent(pathname.split('/').at(-1) ?? ''));
      response.writeHead(order === undefined ? 404 : 200);
      response.end(JSON.stringify(order ?? 'Not Found'));
    }
  };
  return { seen, listener: (request, response) => void answer(request, response) };
}

function parsed(body: string): { orderId: string } | null {
  try {
    return JSON.parse(body) as { orderId: string } | null;
  } catch {
    return null;
  }
}

describe.concurrent('https by a private authority that wants a client certificate', () => {
  async function start(context: TestContext) {
    const authority = makePrivateAuthority(await temporaryFolder(context));
    const { seen, listener } = orderStore();
    const { server, ca, caPath, client } = authority;
    const options = { ...server, ca, requestCert: true, rejectUnauthorized: true };
    const port = await listen(context, createHttpsServer(options, listener));
    const target = `--target https://localhost:${port}/v1 ${QUERY_FLAGS}`;
    const certificates = `--ca ${caPath} --client-cert ${client.certPath} --client-key ${client.keyPath}`;
    return { seen, target, certificates };
  }

  it('is loaded, asked before, and read, all with the query', async (context) => {
    const { seen, target, certificates } = await start(context);
    const args = `batch --rate 20 --duration 2s --drain-wait 10s --preflight-path /health`;
    const run = load(context, `${args} ${target} ${certificates}`);
    await run.done;
    const { requests, queue } = await run.report();
    expect(requests.total).toBeGreaterThan(10);
    expect(requests.outcomes.created).toBe(requests.total);
    expect(queue?.sample.accepted).toBe(requests.total);
    expect([...seen].sort()).toEqual([
      `GET /v1/health?${QUERY}`,
      `GET /v1/orders/{orderId}?${QUERY}`,
      `POST /v1/orders/async?${QUERY}`,
    ]);
  });

  it('keeps the contract with them', async (context) => {
    const { seen, target, certificates } = await start(context);
    const run = load(context, `smoke --preflight-path none ${target} ${certificates}`);
    await run.done;
    const { answers, requests } = await run.report();
    expect(requests.outcomes.created).toBe(requests.total);
    const rows = answers.contract?.rows ?? [];
    const verdictOf = (name: string) => rows.find(({ row }) => row === name)?.verdict;
    expect(['newOrder', 'readOrder', 'readUnknown'].map(verdictOf)).toEqual(['ok', 'ok', 'ok']);
    expect([...seen].every((url) => url.endsWith(`?${QUERY}`))).toBe(true);
    expect(seen).not.toContain(`GET /v1?${QUERY}`);
  });
});

it('loads an IPv6 address by another Host, past the proxy of the environment', async (context) => {
  const hosts = new Set<string | undefined>();
  const store = orderStore(({ method, headers }) => {
    if (method === 'POST') hosts.add(headers.host);
    return 200;
  });
  const port = await listen(context, createHttpServer(store.listener), '::1');
  const flags = `steady --rate 20 --duration 2s --target http://[::1]:${port} --header host=env:SHOP`;
  const proxies = { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' };
  const env = { ...proxies, SHOP: 'shop.test' };
  const run = load(context, `${flags} --allow-host shop.test`, env);
  await run.done;
  const { requests } = await run.report();
  expect(requests.total).toBeGreaterThan(10);
  expect(requests.outcomes.created).toBe(requests.total);
  expect([...hosts]).toEqual(['shop.test']);
});

describe.concurrent('a bearer token that ends during the run', () => {
  /** Issues tokens that hold for four seconds, and takes orders with one that holds. */
  async function startIssuer(context: TestContext) {
    const tokens = new Map<string, number>();
    const statuses = { 200: 0, 401: 0 };
    const issue = () => {
      const parts = [{ alg: 'none' }, { exp: (Date.now() + LIFE_MS) / 1000 }].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      );
      const token = `${parts.join('.')}.c4n4ry${tokens.size}`;
      tokens.set(token, Date.now() + LIFE_MS);
      return token;
    };
    const store = orderStore(({ method, headers: { authorization = '' } }) => {
      if (method !== 'POST') return 200;
      const endsMs = tokens.get(authorization.replace('Bearer ', '')) ?? 0;
      const status = Date.now() < endsMs ? 200 : 401;
      statuses[status] += 1;
      return status;
    });
    const server = createHttpServer((request, response) => {
      if (request.url !== '/token') return store.listener(request, response);
      const isClient = request.headers.authorization === `Basic ${btoa('shop:c4n4ry-secret')}`;
      const answer = isClient ? { access_token: issue() } : { error: 'invalid_client' };
      response.writeHead(isClient ? 200 : 401).end(JSON.stringify(answer));
    });
    const url = `http://127.0.0.1:${await listen(context, server)}`;
    return { url, issue, statuses, issued: () => tokens.size };
  }

  async function expectNoTrace(run: LoadRun, lines: ReadonlySet<string>): Promise<void> {
    const { stdout, stderr } = await run.done;
    const files = await readdir(run.out);
    expect(files).toEqual(expect.arrayContaining(['k6.log', 'report.json', 'report.html']));
    const texts = await Promise.all(files.map((name) => readFile(join(run.out, name), 'utf8')));
    expect([...lines].some((line) => line.includes('k6 run --config'))).toBe(true);
    for (const shown of [stdout, stderr, ...lines, ...texts]) expect(shown).not.toMatch(/c4n4ry/);
  }

  function watchCommandLines({ onTestFinished }: TestContext): ReadonlySet<string> {
    const lines = new Set<string>();
    const timer = setInterval(() => {
      for (const line of commandLines()) lines.add(line);
    }, 500);
    onTestFinished(() => clearInterval(timer));
    return lines;
  }

  it.for([
    { name: 'several event loops', more: '--clients 2', file: null },
    {
      name: 'VUs that wait',
      more: '--max-in-flight 20',
      file: `import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderIteration } from 'order-load/k6/order-iteration.ts';
import { scenarioOptions } from 'order-load/k6/scenario-options.ts';
const plan = loadPlanFromEnv('waiting');
export const options = { ...scenarioOptions(plan), httpDebug: 'full' };
export default orderIteration(plan);
`,
    },
  ])('is renewed, and shown nowhere: $name', async ({ more, file }, context) => {
    const { url, statuses, issued } = await startIssuer(context);
    const lines = watchCommandLines(context);
    const path = join(await temporaryFolder(context), 'waiting.ts');
    if (file !== null) await writeFile(path, file);
    const scenario = file === null ? 'steady' : `--scenario ${path}`;
    const args = `${scenario} --rate 50 --duration 9s --target ${url} --oauth2-token-url ${url}/token`;
    const run = load(context, `${args} ${more}`, {
      ...{ OAUTH2_CLIENT_ID: 'shop', OAUTH2_CLIENT_SECRET: 'c4n4ry-secret' },
    });
    await run.done;
    const { requests, generator } = await run.report();
    expect(statuses[401]).toBe(0);
    expect(requests.total).toBeGreaterThan(200);
    expect(requests.outcomes.created).toBe(requests.total);
    expect(statuses[200]).toBe(requests.total);
    expect(generator.token).toMatchObject({ failures: 0, refusedOrders: 0, lastFailure: null });
    expect(generator.token?.renewals).toBeGreaterThanOrEqual(3);
    expect(generator.token?.renewals).toBeLessThan(issued());
    await expectNoTrace(run, lines);
  });

  it('and cannot be renewed is named, and not held against the target', async (context) => {
    const { url, issue, statuses } = await startIssuer(context);
    const lines = watchCommandLines(context);
    const folder = await temporaryFolder(context);
    await writeFile(join(folder, 'token'), issue());
    // Works once.
    await writeFile(
      join(folder, 'get.sh'),
      'cd "$(dirname "$0")"; cat token && rm token || { echo "no account" >&2; exit 7; }\n',
    );
    const run = load(context, `steady --rate 50 --duration 7s --no-abort --target ${url}`, {
      LOAD_BEARER_COMMAND: `sh ${folder}/get.sh`,
    });
    const { exitCode, stdout, stderr } = await run.done;
    const why = 'the command of --bearer-command failed: exit code 7, no account';
    expect(stdout).toMatch(/^\? INVALID /);
    expect(stdout).toContain(`The bearer token could not be renewed (${why}), so `);
    expect(exitCode).toBe(3);
    expect(stderr.split('\n').filter((line) => line.startsWith('token '))).toEqual([
      `token     could not be renewed: ${why}`,
    ]);
    const { requests, generator } = await run.report();
    expect(statuses[401]).toBeGreaterThan(0);
    expect(requests.outcomes.rejected).toBe(statuses[401]);
    expect(generator.token).toMatchObject({ renewals: 0, refusedOrders: statuses[401] });
    await expectNoTrace(run, lines);
  });
});
