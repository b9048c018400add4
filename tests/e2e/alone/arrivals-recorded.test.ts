import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { startKnownRun } from '../support/known-run.ts';
import { startLoad } from '../support/start-load.ts';
import { startOrderServer } from '../support/start-order-server.ts';

const AT_ONCE = { answers: ['created'], delaysMs: [0] } as const;
const ORDERS = 300;
const TOLERANCE_MS = 100;

/** Slow and fast stretches, and every tenth order at the moment of the one before it. */
const TIMES_MS = Array.from({ length: ORDERS }, (_, i) => {
  const nth = i % 10 === 9 ? i - 1 : i;
  return Math.round(nth * 20 + 250 * Math.sin(nth / 20));
}).map((ms, _, all) => ms - (all[0] as number));
const SPAN_MS = TIMES_MS[ORDERS - 1] as number;

/** An access log as API Gateway writes it. */
const LOG = [
  'requestId,requestTimeEpoch,status',
  ...TIMES_MS.map((ms, i) => `r-${i},${1_764_000_000_000 + ms},200`),
].join('\n');

async function fileWith({ onTestFinished }: TestContext, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-recorded-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'access.csv');
  await writeFile(file, text);
  return file;
}

/** A run of the recording: what was reported, and when each order arrived after the soonest of all. */
async function replayed(context: TestContext, arrivals: string, speed: number) {
  const { server, load } = await startKnownRun(context, AT_ONCE, `steady --arrivals ${arrivals}`);
  await load.done;
  const report = await load.report();
  const { orders } = await server.log();
  const numberOf = (id: string | null) => Number(id?.replace(`lt-${report.run.id}-`, ''));
  const byNumber = orders.toSorted((a, b) => numberOf(a.orderId) - numberOf(b.orderId));
  expect(byNumber.map(({ orderId }) => numberOf(orderId))).toEqual(TIMES_MS.map((_, i) => i));
  const delaysMs = byNumber.map(({ arrivedMs }, i) => arrivedMs - (TIMES_MS[i] as number) / speed);
  // A machine that stands still for a moment makes some late, and no other number of them.
  const soonestMs = Math.min(...delaysMs);
  const inTime = delaysMs.filter((delayMs) => delayMs - soonestMs < TOLERANCE_MS);
  expect(inTime.length).toBeGreaterThan(0.95 * ORDERS);
  return report.load;
}

describe('a recorded log', () => {
  it('is replayed to the order, each at its time, and again the same', async (context) => {
    expect(TIMES_MS).toEqual(TIMES_MS.toSorted((a, b) => a - b));
    const file = await fileWith(context, LOG);
    const [once, again] = await Promise.all([
      replayed(context, file, 1),
      replayed(context, file, 1),
    ]);
    expect(once.arrivals).toMatchObject({ kind: 'recorded', file: 'access.csv', orders: ORDERS });
    expect(once.arrivals?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(again.arrivals).toEqual(once.arrivals);
    expect(once.plannedOrders).toBe(ORDERS);
    expect(once.stages).toMatchObject([{ name: 'replay', durationSeconds: (SPAN_MS + 1) / 1000 }]);
  });

  it('is replayed twice as fast where that is asked for', async (context) => {
    const file = await fileWith(context, LOG);
    const { arrivals, stages } = await replayed(context, `${file}@2`, 2);
    expect(arrivals).toMatchObject({ speed: 2, orders: ORDERS });
    expect(stages[0]?.durationSeconds).toBeCloseTo(SPAN_MS / 2000, 2);
  });
});

it('a recording that cannot be replayed is refused in one line, before anything is sent', async (context) => {
  const server = await startOrderServer(AT_ONCE);
  context.onTestFinished(server.kill);
  const refused = async (arrivals: string, says: RegExp) => {
    const load = startLoad(`steady --arrivals ${arrivals} --target ${server.url}`);
    context.onTestFinished(load.dispose);
    const { exitCode, stdout, stderr } = await load.done;
    expect(stderr).toMatch(/^error \[E_[A-Z]+\]: [^\n]+\n$/);
    expect(stderr).toMatch(says);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  };
  const unordered = '1764000001\n1764000000\n';
  await Promise.all([
    refused(await fileWith(context, ''), /contains no orders/),
    refused(await fileWith(context, `${LOG}\nr,soon,200`), /line 302: "soon" is not a time/),
    refused(await fileWith(context, unordered), /line 2 is earlier/),
    refused(`${await fileWith(context, LOG)} --rate 5`, /rate/),
    refused('/nowhere/access.csv', /cannot read .*\(ENOENT\)/),
  ]);
  expect(await server.log()).toEqual({ orders: [], others: [] });
});
