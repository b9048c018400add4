import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { benchK6 } from './bench-k6.ts';
import { medianInterval } from './median-interval.ts';
import { runCpuSeconds, timedK6 } from './timed-k6.ts';

/**
 * Compares the CPU of writing one order in k6's interpreter from a template and in the built-in way, in alternating
 * rounds: node --import tsx bench/template-cost.ts [--orders 200000] [--rounds 8]
 */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '8' },
  },
});

const NESTED = {
  customer: { id: '{{customerId}}' },
  ref: '{{orderId}}',
  currency: 'EUR',
  items: [{ sku: '{{productId}}', qty: '{{quantity}}', price: '{{price}}' }],
};
const RICH = {
  ...NESTED,
  customer: {
    id: '{{customerId}}',
    tier: { $oneOf: ['gold', 'silver', 'none'], $weights: [1, 3, 6] },
  },
  requestId: '{{uuid}}',
  createdAt: '{{timestamp}}',
  position: '{{index}}',
  items: [
    { sku: '{{productId}}', qty: '{{quantity}}', price: '{{price:decimal}}' },
    { sku: 'shipping', qty: 1, price: 4.9 },
  ],
};
const CASES: Readonly<Record<string, string>> = {
  'built-in': '',
  nested: JSON.stringify(NESTED),
  rich: JSON.stringify(RICH),
};

const dir = await mkdtemp(join(tmpdir(), 'order-bench-'));
try {
  const script = join(dir, 'write-orders.js');
  await build({
    entryPoints: [join(import.meta.dirname, 'write-orders.ts')],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
  });
  const k6 = await timedK6(await benchK6(), dir);
  const cpuSeconds = async (template: string, orders: string): Promise<number> => {
    const env = ['-e', `TEMPLATE=${template}`, '-e', `ORDERS=${orders}`];
    const child = spawn(k6.path, ['run', '--quiet', '--no-usage-report', ...env, script], {
      stdio: 'ignore',
    });
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    if (exitCode !== 0) throw new Error(`k6 ended with ${exitCode}`);
    return runCpuSeconds(await k6.readCalls());
  };
  const us = new Map<string, number[]>(Object.keys(CASES).map((name) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const [name, template] of Object.entries(CASES)) {
      const idle = await cpuSeconds(template, '0');
      const busy = await cpuSeconds(template, values.orders);
      us.get(name)?.push(((busy - idle) / Number(values.orders)) * 1e6);
    }
  }
  for (const [name, costsUs] of us) {
    const { median, low, high, count } = medianInterval(costsUs);
    const interval = `${low.toFixed(1)} to ${high.toFixed(1)}`;
    console.log(`${name.padEnd(9)} ${median.toFixed(1)} µs an order (${interval}, n = ${count})`);
  }
} finally {
  await rm(dir, { recursive: true, force: true });
}
