import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchK6 } from './bench-k6.ts';
import { compareCost } from './compare-cost.ts';
import { compareLatency } from './compare-latency.ts';
import { startOrderServer } from './start-order-server.ts';

const USAGE = `Usage: npm run bench:generator -- [options]
  --rate N          orders a second (default 2000)
  --seconds N       length of each run (default 8)
  --pairs N         pairs of runs, at least 6 for an interval (default 10)
  --answer-ms N     the server's answer is delayed by a timer (default 0; 20 with --latency)
  --handler-headers the server also sends what the order handler sends (x-order-result, Server-Timing)
  --together        both sides of a pair at the same time, each with a server of its own
  --latency         compares measured latency with the server's own instead of CPU
  --bare-vus N      VUs of the bare script (default: by Little's law for the SLO of steady)
  --suite-env A=B   a further variable of the suite's side, for experiments; repeatable
k6 is $K6_BIN or what npm run provision found.`;

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '8' },
    pairs: { type: 'string', default: '10' },
    'answer-ms': { type: 'string' },
    'handler-headers': { type: 'boolean', default: false },
    together: { type: 'boolean', default: false },
    latency: { type: 'boolean', default: false },
    'bare-vus': { type: 'string' },
    'suite-env': { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'order-bench-'));
  const answerMs = Number(values['answer-ms'] ?? (values.latency ? 20 : 0));
  const serverOptions = { answerMs, handlerHeaders: values['handler-headers'] };
  const server = await startOrderServer(serverOptions);
  const besideServer = values.together ? await startOrderServer(serverOptions) : null;
  try {
    const setup = {
      k6Binary: await benchK6(),
      server,
      dir,
      ratePerSecond: Number(values.rate),
      seconds: Number(values.seconds),
      bareVus: values['bare-vus'] === undefined ? null : Number(values['bare-vus']),
      suiteEnv: Object.fromEntries(values['suite-env'].map((pair) => pair.split('=', 2))),
    };
    const pairs = Number(values.pairs);
    console.log(
      `${setup.ratePerSecond} orders/s for ${setup.seconds} s, ${pairs} pairs; server answers after ${answerMs} ms${values['handler-headers'] ? ' with handler headers' : ''}`,
    );
    const beside = besideServer && {
      ...setup,
      server: besideServer,
      dir: await mkdtemp(join(dir, 'beside-')),
    };
    await (values.latency ? compareLatency(setup, pairs) : compareCost(setup, pairs, beside));
  } finally {
    await besideServer?.stop();
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}
