import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchK6 } from './bench-k6.ts';
import { renderInterval } from './compare-cost.ts';
import { type LoadSetup, runSuite } from './load-sides.ts';
import { startOrderServer } from './start-order-server.ts';

/**
 * CPU per order of k6 with bodies by a template against the built-in order, in interleaved pairs:
 * node --import tsx bench/template-cost.ts [--rate 1000] [--seconds 8] [--pairs 8] [--template nested|rich]
 */
const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '8' },
    pairs: { type: 'string', default: '8' },
    template: { type: 'string', default: 'nested' },
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

const dir = await mkdtemp(join(tmpdir(), 'order-bench-'));
const server = await startOrderServer({ answerMs: 0, handlerHeaders: false });
try {
  const config = join(dir, 'template.json');
  const body = values.template === 'rich' ? RICH : NESTED;
  await writeFile(config, JSON.stringify({ order: { body } }));
  const builtIn: LoadSetup = {
    ...{ k6Binary: await benchK6(), server, dir, bareVus: null },
    ...{ ratePerSecond: Number(values.rate), seconds: Number(values.seconds) },
    suiteEnv: {},
  };
  const template = { ...builtIn, suiteEnv: { LOAD_CONFIG: config } };
  const ratios: number[] = [];
  console.log('pair  built-in µs  template µs  ratio');
  for (let pair = 1; pair <= Number(values.pairs); pair += 1) {
    const sides = pair % 2 === 1 ? [builtIn, template] : [template, builtIn];
    const us = new Map<LoadSetup, number>();
    for (const side of sides) {
      const { k6CpuSeconds, server: log } = await runSuite(side, false);
      us.set(side, (k6CpuSeconds / log.orders) * 1e6);
    }
    const [a, b] = [us.get(builtIn) as number, us.get(template) as number];
    ratios.push(b / a);
    console.log(
      `${String(pair).padStart(4)}  ${a.toFixed(0).padStart(11)}  ${b.toFixed(0).padStart(11)}  ${(b / a).toFixed(3)}`,
    );
  }
  console.log(renderInterval(ratios));
} finally {
  await server.stop();
  await rm(dir, { recursive: true, force: true });
}
