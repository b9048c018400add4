import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { descendantsOf, listeners } from './support/processes.ts';
import { created, startRecordingServer } from './support/recording-server.ts';
import { runLoad, small, temporaryFolder } from './support/run-load.ts';
import { makeSelfSigned } from './support/self-signed.ts';

/** Writes down every connection and look-up that a Node process begins. */
const NETWORK_TRACE = `
const { appendFileSync } = require('node:fs');
const net = require('node:net');
const dns = require('node:dns');
const note = (line) => appendFileSync(process.env.NETWORK_TRACE, line + '\\n');
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  if (first?.port !== undefined) note('connect ' + first.host + ':' + first.port);
  return connect.apply(this, args);
};
const { lookup } = dns;
dns.lookup = (...args) => { note('lookup ' + args[0]); return lookup(...args); };
`;

async function traceNetwork() {
  const folder = await temporaryFolder();
  const hook = join(folder, 'trace.cjs');
  const trace = join(folder, 'trace.txt');
  await writeFile(hook, NETWORK_TRACE);
  await writeFile(trace, '');
  return {
    env: { NODE_OPTIONS: `--require ${hook}`, NETWORK_TRACE: trace },
    traced: () => readFile(trace, 'utf8'),
  };
}

const ONE_LINE = /^error \[E_[A-Z0-9_]+\]: .+\n$/;

describe('an unlisted host', () => {
  // Every spelling is judged in the unit tests of the guard; these stand for its ways to be wrong.
  it.each([
    'http://example.com',
    'http://127.0.0.1@example.com',
    'http://127.0.0.1.example.com',
    'http://example.com\\@127.0.0.1',
    'http://0.0.0.0:3000',
  ])('is refused before any network: %s', async (target) => {
    const { env, traced } = await traceNetwork();
    const run = await runLoad(small(target), { env, out: null });
    expect(run.stderr).toMatch(ONE_LINE);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await traced()).toBe('');
    expect(await run.leftBehind()).toEqual([]);
  });

  it.each(['LOAD_TARGET', 'BASE_URL'])('is refused from %s, too', async (name) => {
    const run = await runLoad(['steady'], { env: { [name]: 'http://example.com' } });
    expect(run.stderr).toMatch(ONE_LINE);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('is only let through by --allow-host, and for that host alone', async () => {
    const { env, traced } = await traceNetwork();
    const target = 'http://orders.example.invalid:3999';
    const other = await runLoad(small(target, '--allow-host', 'example.invalid'));
    expect(other).toMatchObject({ exitCode: 2, stdout: '' });
    const run = await runLoad(small(target, '--allow-host', '*.example.invalid'), {
      env,
      out: null,
    });
    expect(run.stderr).toMatch(/^error \[E_TARGET_UNREACHABLE\]: .*orders\.example\.invalid.*\n$/m);
    expect(run.exitCode).toBe(4);
    expect(await traced()).toMatch(/orders\.example\.invalid/);
    expect(await run.leftBehind()).toEqual([]);
  });

  it('is no other spelling of loopback: what was judged is what is loaded', async () => {
    const server = await startRecordingServer();
    const run = await runLoad(small(`http://0x7f.1:${server.port}`));
    expect(run.exitCode).toBe(0);
    expect(new Set(server.orders.map(({ headers }) => headers.host))).toEqual(
      new Set([`127.0.0.1:${server.port}`]),
    );
  });
});

describe('caps', () => {
  it.each([
    [['--max-rate', '19'], 'E_CAP_RATE'],
    [['--max-requests', '39'], 'E_CAP_REQUESTS'],
    [['--warmup', '1s', '--max-requests', '59'], 'E_CAP_REQUESTS'],
  ])('refuse %j', async (flags, code) => {
    const server = await startRecordingServer();
    const run = await runLoad(small(server.url, ...flags), { out: null });
    expect(run.stderr).toMatch(ONE_LINE);
    expect(run.stderr).toContain(code);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect([...server.orders, ...server.gets]).toEqual([]);
    expect(await run.leftBehind()).toEqual([]);
  });

  it('are lower for a host that is not this machine', async () => {
    const flags = ['--allow-host', 'orders.invalid', '--rate', '1001', '--duration', '1s'];
    const run = await runLoad(['steady', '--target', 'http://orders.invalid', ...flags]);
    expect(run.stderr).toContain('E_CAP_RATE');
    expect(run.exitCode).toBe(2);
  });

  it.each([
    ["executor: 'constant-arrival-rate', rate: 51, duration: '1s', preAllocatedVUs: 5", 'RATE'],
    ["executor: 'constant-arrival-rate', rate: 50, duration: '3s', preAllocatedVUs: 5", 'REQUESTS'],
    ["executor: 'per-vu-iterations', vus: 11, iterations: 10", 'REQUESTS'],
    ["executor: 'shared-iterations', vus: 1, iterations: 101", 'REQUESTS'],
  ])('hold for what a scenario of your own declares: %s', async (declared, cap) => {
    const server = await startRecordingServer();
    const file = join(await temporaryFolder(), 'own.ts');
    await writeFile(
      file,
      `import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderIteration } from 'order-load/k6/order-iteration.ts';
export const options = { scenarios: { own: { ${declared} } } };
export default orderIteration(loadPlanFromEnv('own'));
`,
    );
    const flags = ['--rate', '1', '--duration', '1s', '--max-rate', '50', '--max-requests', '100'];
    const run = await runLoad(['--scenario', file, '--target', server.url, ...flags], {
      out: null,
    });
    expect(run.stderr).toContain(`error [E_CAP_${cap}]: `);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(server.orders).toEqual([]);
    expect(await run.leftBehind()).toEqual([]);
  });

  it('stop a scenario of your own whose number of orders nothing declares', async () => {
    const server = await startRecordingServer();
    const file = join(await temporaryFolder(), 'own.ts');
    await writeFile(
      file,
      `import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderIteration } from 'order-load/k6/order-iteration.ts';
export const options = { vus: 4, duration: '60s' };
export default orderIteration(loadPlanFromEnv('own'));
`,
    );
    const flags = ['--rate', '1', '--duration', '1s', '--max-rate', '20', '--max-requests', '30'];
    const run = await runLoad(['--scenario', file, '--target', server.url, '--no-abort', ...flags]);
    const { run: facts, requests } = await run.report();
    expect(facts.status).toBe('aborted');
    expect(facts.abortReason).toMatch(/orders were sent, more than the cap of 30/);
    // An order that waits for its turn under the limit when k6 is stopped was begun and never sent.
    expect(requests.total - requests.unresolved).toBeLessThanOrEqual(server.orders.length);
    expect(requests.total).toBeGreaterThanOrEqual(server.orders.length);
    // 20 a second while the next push is awaited.
    expect(server.orders.length).toBeLessThan(130);
    expect(run.exitCode).not.toBe(0);
  });

  it('stop a scenario of your own that sends several requests an iteration', async () => {
    const server = await startRecordingServer();
    const file = join(await temporaryFolder(), 'own.ts');
    await writeFile(
      file,
      `import http from 'k6/http';
import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderIteration } from 'order-load/k6/order-iteration.ts';
import { scenarioOptions } from 'order-load/k6/scenario-options.ts';
const plan = loadPlanFromEnv('own');
export const options = scenarioOptions(plan);
const placeOrder = orderIteration(plan);
export default function () {
  placeOrder();
  for (let more = 0; more < 9; more += 1) http.get(plan.target);
}
`,
    );
    const flags = ['--rate', '5', '--duration', '20s', '--max-requests', '120'];
    const run = await runLoad(['--scenario', file, '--target', server.url, '--no-abort', ...flags]);
    const { run: facts } = await run.report();
    expect(facts.abortReason).toMatch(/^\d+ requests were sent, more than the cap of 120/);
    // 50 a second while the next push is awaited; without the cap it would be 1,000.
    expect(server.orders.length + server.gets.length).toBeLessThan(400);
  });
});

describe('what the shell and the home hold for k6', () => {
  const HOSTILE = {
    scenarios: { evil: { executor: 'shared-iterations', vus: 1, iterations: 1 } },
    insecureSkipTLSVerify: true,
    maxRedirects: 10,
    rps: 1,
    tags: { run: 'evil', runner: 'evil' },
  };

  it('changes nothing: K6_* variables and a config file of its own', async () => {
    const home = await temporaryFolder();
    const json = join(home, 'stolen.json');
    for (const dir of ['.config/k6', '.config/loadimpact/k6', 'k6', 'loadimpact/k6']) {
      await mkdir(join(home, dir), { recursive: true });
      await writeFile(join(home, dir, 'config.json'), JSON.stringify(HOSTILE));
    }
    const server = await startRecordingServer();
    const run = await runLoad(small(server.url), {
      env: {
        HOME: home,
        XDG_CONFIG_HOME: home,
        K6_CONFIG: join(home, 'k6/config.json'),
        K6_VUS: '1',
        K6_ITERATIONS: '1',
        K6_DURATION: '1s',
        K6_RPS: '1',
        K6_OUT: `json=${json}`,
        K6_NO_THRESHOLDS: 'true',
        K6_NO_SETUP: 'true',
        K6_TAGS: 'run=evil',
        K6_PAUSED: 'true',
        K6_BATCH: '1',
        K6_SYSTEM_TAGS: 'url',
        K6_LOG_OUTPUT: 'none',
        K6_INCLUDE_SYSTEM_ENV_VARS: 'false',
        K6_INSECURE_SKIP_TLS_VERIFY: 'true',
        K6_PROMETHEUS_RW_SERVER_URL: 'http://127.0.0.1:1/',
        K6_PROMETHEUS_RW_TREND_STATS: 'p(95)',
        K6_EXECUTION_SEGMENT: '0:1/10',
      },
    });
    expect(run.exitCode).toBe(0);
    const { requests, run: facts } = await run.report();
    expect(requests.total).toBe(server.orders.length);
    expect(server.orders).toHaveLength(40);
    expect(facts.verdict).toBe('pass');
    await expect(readFile(json)).rejects.toThrow('ENOENT');
  });
});

describe('redirects', () => {
  it.each([301, 307])('are not followed: %d', async (status) => {
    const other = await startRecordingServer();
    const server = await startRecordingServer(({ url }, response) => {
      response.writeHead(status, { location: `${other.url}${url}` }).end();
    });
    const run = await runLoad(small(server.url, '--duration', '1s'));
    const { requests } = await run.report();
    expect([...other.orders, ...other.gets]).toEqual([]);
    expect(requests.outcomes.unexpectedBody).toBe(server.orders.length);
    expect(requests.total).toBe(server.orders.length);
    expect(run.exitCode).toBe(1);
  });

  it('are not followed by a scenario of your own that sends by itself, either', async () => {
    const other = await startRecordingServer();
    const server = await startRecordingServer(({ url }, response) => {
      response.writeHead(307, { location: `${other.url}${url}` }).end();
    });
    const file = join(await temporaryFolder(), 'own.ts');
    await writeFile(
      file,
      `import http from 'k6/http';
import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderIteration } from 'order-load/k6/order-iteration.ts';
import { scenarioOptions } from 'order-load/k6/scenario-options.ts';
const plan = loadPlanFromEnv('own');
export const options = { ...scenarioOptions(plan), maxRedirects: 10 };
const placeOrder = orderIteration(plan);
export default function () {
  placeOrder();
  http.post(plan.target + '/carts', '{}');
}
`,
    );
    const flags = ['--target', server.url, '--rate', '10', '--duration', '1s'];
    await runLoad(['--scenario', file, ...flags]);
    expect(server.orders.filter(({ url }) => url === '/carts').length).toBeGreaterThan(0);
    expect(other.orders).toEqual([]);
  });
});

it('prints the load before the first request', async () => {
  let loadSaid = '';
  let said = '';
  const server = await startRecordingServer((request, response) => {
    // Even the preflight's GET.
    loadSaid ||= said || 'nothing';
    created(request, response);
  });
  await runLoad(small(server.url, '--duration', '1s'), {
    whileRunning: (child) => child.stderr?.on('data', (text) => (said += text)),
  });
  expect(loadSaid).toMatch(/up to 20\/s, 20 orders in 1s/);
  expect(loadSaid).toContain(server.url);
});

describe('TLS', () => {
  async function startSelfSigned() {
    const pair = await makeSelfSigned(await temporaryFolder());
    const server = await startRecordingServer(created, (listener) => createServer(pair, listener));
    return { server, target: server.url.replace('http:', 'https:') };
  }

  it('wants a certificate that can be trusted, and the preflight says so', async () => {
    const { server, target } = await startSelfSigned();
    const run = await runLoad(small(target));
    expect(run.stderr).toMatch(
      /^error \[E_TARGET_UNREACHABLE\]: .*\(DEPTH_ZERO_SELF_SIGNED_CERT\).*\n$/m,
    );
    expect(run.exitCode).toBe(4);
    expect([...server.orders, ...server.gets]).toEqual([]);
  });

  it('is verified by k6 whatever the environment says', async () => {
    const { server, target } = await startSelfSigned();
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', K6_INSECURE_SKIP_TLS_VERIFY: 'true' };
    const run = await runLoad(small(target), { env });
    const { requests } = await run.report();
    expect(server.orders).toEqual([]);
    expect(requests.outcomes.connection).toBe(requests.total);
    expect(requests.total).toBeGreaterThanOrEqual(40);
    expect(run.exitCode).toBe(4);
  });
});

const pidsOf = (pid: number) => [pid, ...descendantsOf(pid).map((child) => child.pid)];

it.skipIf(process.platform !== 'linux')(
  'listens on loopback only: receiver, order API and its store',
  async () => {
    const listening = new Map<number, Set<string>>();
    let sampling: NodeJS.Timeout | undefined;
    const run = await runLoad(['steady', '--rate', '10', '--duration', '2s'], {
      whileRunning: (child) => {
        sampling = setInterval(() => {
          for (const [pid, addresses] of listeners(pidsOf(child.pid as number))) {
            const seen = listening.get(pid) ?? new Set();
            for (const address of addresses) listening.set(pid, seen.add(address));
          }
        }, 200);
      },
    });
    clearInterval(sampling);
    expect(run.exitCode).toBe(0);
    // The wrapper's receiver, the order API and the store.
    expect(listening.size).toBeGreaterThanOrEqual(3);
    for (const addresses of listening.values()) {
      for (const address of addresses) expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
    }
  },
);
