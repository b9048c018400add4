import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import pidusage from 'pidusage';
import { Pool } from 'undici';

/**
 * Prints the cost of the local order API: CPU per order, compared with a bare Node server and with dynalite, in
 * alternating rounds, so that other load on the machine affects all alike; and its memory with 1,000 environments.
 */

const ROOT = resolve(import.meta.dirname, '..');
const ROUNDS = 6;
const ORDERS_PER_ROUND = 6_000;
const ORDERS_PER_ROUND_DYNALITE = 1_000;
const CONNECTIONS = 32;
const ENVIRONMENTS = 1_000;
const FAST = ['--work-ms', '0', '--io-ms', '0', '--init-ms', '0'];

interface Server {
  readonly child: ChildProcess;
  readonly pool: Pool;
  /** The server's own process and that of its store. */
  readonly pids: readonly number[];
}

async function start(args: readonly string[], connections: number): Promise<Server> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const url = /^ready (\S+)/.exec(String(line))?.[1];
  if (url === undefined || child.pid === undefined) throw new Error(`not ready: ${line}`);
  const pids = [child.pid, ...storePids(child.pid)];
  return { child, pool: new Pool(url, { connections, pipelining: 1 }), pids };
}

const startOrderApi = (connections: number, ...flags: string[]) =>
  start(['scripts/start.mjs', 'order-api', '--die-with-parent', ...flags], connections);

function storePids(parent: number): number[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(([, ppid, ...args]) => Number(ppid) === parent && args.join(' ').includes('dynalite'))
    .map(([pid]) => Number(pid));
}

async function stop({ child, pool }: Server): Promise<void> {
  await pool.destroy();
  const exited = once(child, 'exit');
  child.stdin?.end();
  await exited;
}

let sent = 0;

async function post({ pool }: Server): Promise<void> {
  sent += 1;
  const order = {
    orderId: `o-${sent}`,
    customerId: 'c-1',
    productId: 'p-1',
    quantity: 1,
    price: 9,
  };
  const { statusCode, body } = await pool.request({
    path: '/orders',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  await body.dump();
  if (statusCode !== 200) throw new Error(`an order was answered with ${statusCode}`);
}

async function postMany(server: Server, orders: number): Promise<void> {
  let left = orders;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await post(server);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

async function cpuMsOf({ pids }: Server): Promise<number> {
  const usages = await Promise.all(pids.map((pid) => pidusage(pid)));
  return usages.reduce((sum, { ctime }) => sum + ctime, 0);
}

/** CPU per order of one round, in µs. */
async function cpuPerOrderUs(server: Server, orders: number): Promise<number> {
  const before = await cpuMsOf(server);
  await postMany(server, orders);
  return (((await cpuMsOf(server)) - before) * 1000) / orders;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

async function printCpu(): Promise<void> {
  const servers = {
    bare: await start(['bench/bare-server.mjs'], CONNECTIONS),
    memory: await startOrderApi(CONNECTIONS, '--store', 'memory', ...FAST),
    dynalite: await startOrderApi(CONNECTIONS, '--store', 'dynalite', ...FAST),
  };
  const rounds: { bare: number; memory: number; dynalite: number }[] = [];
  try {
    for (const server of Object.values(servers)) await postMany(server, ORDERS_PER_ROUND_DYNALITE);
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({
        bare: await cpuPerOrderUs(servers.bare, ORDERS_PER_ROUND),
        memory: await cpuPerOrderUs(servers.memory, ORDERS_PER_ROUND),
        dynalite: await cpuPerOrderUs(servers.dynalite, ORDERS_PER_ROUND_DYNALITE),
      });
    }
  } finally {
    await Promise.all(Object.values(servers).map(stop));
  }
  console.log('CPU per order, µs (store and server process together)');
  console.table(
    rounds.map(({ bare, memory, dynalite }) => ({
      bare: bare.toFixed(0),
      '--store memory': memory.toFixed(0),
      'over bare': (memory - bare).toFixed(0),
      'ratio to bare': (memory / bare).toFixed(2),
      '--store dynalite': dynalite.toFixed(0),
      'dynalite / memory': (dynalite / memory).toFixed(1),
    })),
  );
  const over = median(rounds.map(({ bare, memory }) => memory - bare));
  const ratio = median(rounds.map(({ bare, memory }) => memory / bare));
  const gain = median(rounds.map(({ memory, dynalite }) => dynalite / memory));
  console.log(
    `medians: ${over.toFixed(0)} µs over a bare server (at most 80), ${ratio.toFixed(2)} times its CPU; ` +
      `${gain.toFixed(1)} times the orders per CPU-second of dynalite (at least 5)`,
  );
}

async function printMemory(): Promise<void> {
  const flags = ['--store', 'memory', '--work-ms', '0', '--io-ms', '3000', '--init-ms', '0'];
  const server = await startOrderApi(ENVIRONMENTS, ...flags);
  const [pid = 0] = server.pids;
  const megabytes = async () => (await pidusage(pid)).memory / 1024 / 1024;
  try {
    const before = await megabytes();
    let peak = before;
    const sample = async () => {
      peak = Math.max(peak, await megabytes());
    };
    const sampling = setInterval(() => void sample().catch(() => {}), 100);
    await Promise.all(Array.from({ length: ENVIRONMENTS }, () => post(server)));
    clearInterval(sampling);
    const after = await megabytes();
    const { body } = await server.pool.request({ path: '/__truth', method: 'GET' });
    const truth = (await body.json()) as { peakConcurrency: number };
    console.log(
      `\n${truth.peakConcurrency} environments at once: ${before.toFixed(0)} MB before, ` +
        `${Math.max(peak, after).toFixed(0)} MB at most, ${after.toFixed(0)} MB after (at most 300)`,
    );
  } finally {
    await stop(server);
  }
}

await printCpu();
await printMemory();
