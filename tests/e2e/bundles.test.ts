import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleRelease } from '../../lib/node/bundle/bundle-release.ts';
import { bundleScenarios } from '../../lib/node/bundle/bundle-scenario.ts';
import { copyScenarioTree } from '../node/bundle/scenario-tree.ts';
import { startRecordingServer } from './support/recording-server.ts';
import { K6, outputOf, ROOT, temporaryFolder } from './support/run-load.ts';

const SCENARIO_DIR = join(ROOT, 'scenarios');
const LIB_DIR = join(ROOT, 'lib');

const BUNDLERS = {
  esbuild: (entries: readonly string[], outDir: string) =>
    bundleScenarios({ entries, outDir, libDir: LIB_DIR }),
  webpack: (entries: readonly string[], outDir: string) =>
    bundleRelease({
      ...{ entries, outDir, libDir: LIB_DIR, rootDir: ROOT },
      tsconfig: join(SCENARIO_DIR, 'tsconfig.json'),
    }),
};
type Bundler = keyof typeof BUNDLERS;

const SMALL = '-e RATE=20 -e DURATION=2s -e SEED=7';

/** Runs k6 as a person does who has only a bundle. */
async function k6(command: string, folder: string, env: Record<string, string> = {}) {
  const args = command.split(' ');
  return outputOf(spawn(K6, args, { cwd: folder, env: { HOME: folder, ...env }, stdio: 'pipe' }));
}

interface SummaryExport {
  readonly metrics: Readonly<Record<string, { count?: number; thresholds?: object }>>;
}

/** A plain run of the bundle: what the server saw and what k6 says of it. */
async function plainRun(folder: string, script: string, status = 200) {
  const server = await startRecordingServer((_, response) => {
    response.writeHead(status).end('"Order created successfully"');
  });
  const flags = `-e BASE_URL=${server.url} ${SMALL}`;
  const run = await k6(`run --quiet ${flags} --summary-export summary.json ${script}`, folder);
  const summary = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')) as SummaryExport;
  const orders = server.orders.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  return { ...run, metrics: summary.metrics, orders };
}

describe.each(Object.keys(BUNDLERS) as Bundler[])('a bundle by %s', (bundler) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'order-load-bundles-'));
    await BUNDLERS[bundler]([join(SCENARIO_DIR, 'steady.ts')], folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('runs by plain k6, passes its thresholds, and fails them when the target does', async () => {
    const good = await plainRun(folder, 'steady.js');
    expect(good.exitCode).toBe(0);
    expect(good.orders).toHaveLength(40);
    expect(good.metrics['orders_started']?.count).toBe(40);
    expect(good.metrics['orders_created']?.count).toBe(40);
    const numbers = good.orders.map(({ orderId }) =>
      Number(/^lt-plain-[a-z0-9]+-(\d+)$/.exec(String(orderId))?.[1]),
    );
    expect(numbers.sort((a, b) => a - b)).toEqual(good.orders.map((_, i) => i));
    const withThreshold = Object.entries(good.metrics).filter(([, metric]) => metric.thresholds);
    expect(withThreshold.map(([name]) => name).sort()).toEqual([
      'http_req_duration{scenario:steady}',
      'http_req_failed{scenario:steady}',
      'orders_started{scenario:steady}',
    ]);
    expect((await plainRun(folder, 'steady.js', 503)).exitCode).toBe(99);
  });

  it('can be inspected, and archived to run elsewhere', async () => {
    const inspected = await k6('inspect --execution-requirements steady.js', folder);
    // One event loop for each of the runners that may share the load.
    expect(JSON.parse(inspected.stdout)).toMatchObject({
      scenarios: { steady: { executor: 'per-vu-iterations', vus: 16, iterations: 1 } },
      maxRedirects: 0,
    });
    // k6 keeps the options of the moment it archives.
    const archived = await k6(`archive ${SMALL} -O steady.tar steady.js`, folder);
    expect(archived.exitCode).toBe(0);
    const run = await plainRun(folder, 'steady.tar');
    expect(run.exitCode).toBe(0);
    expect(run.orders).toHaveLength(40);
  });

  it('does not pass when every iteration throws, and names the line in the .ts file', async () => {
    const tree = await copyScenarioTree();
    const entry = await tree.write(
      'thrower.ts',
      "import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';",
      "import { orderIteration } from '../lib/k6/order-iteration.ts';",
      "import { scenarioOptions } from '../lib/k6/scenario-options.ts';",
      "const plan = loadPlanFromEnv('thrower');",
      'export const options = scenarioOptions(plan);',
      'interface Nothing { readonly never: string }',
      'const placeOrder = orderIteration(plan);',
      'export default function (): void {',
      '  const nothing = undefined as unknown as Nothing;',
      '  nothing.never.trim();',
      '  placeOrder();',
      '}',
    );
    const thrower = await temporaryFolder();
    if (bundler === 'esbuild') await BUNDLERS.esbuild([entry], thrower);
    else await tree.release([entry], thrower);
    const run = await plainRun(thrower, 'thrower.js');
    expect(run.orders).toEqual([]);
    expect(run.exitCode).toBe(99);
    expect(run.stderr).toMatch(/thrower\.ts:10:\d+/);
    // From an archive, too: there the map is all that is known of the source.
    await k6(`archive ${SMALL} -O thrower.tar thrower.js`, thrower);
    for (const file of ['thrower.js', 'thrower.js.map']) await rm(join(thrower, file));
    expect((await plainRun(thrower, 'thrower.tar')).stderr).toMatch(/thrower\.ts:10:\d+/);
  });
});

describe('the bundles of both', () => {
  const metrics: Record<Bundler, string[]> = { esbuild: [], webpack: [] };
  const orders: Record<Bundler, string[]> = { esbuild: [], webpack: [] };

  it.each(Object.keys(BUNDLERS) as Bundler[])('are run: %s', async (bundler) => {
    const folder = await temporaryFolder();
    await BUNDLERS[bundler]([join(SCENARIO_DIR, 'spike.ts')], folder);
    const run = await plainRun(folder, 'spike.js');
    metrics[bundler] = Object.keys(run.metrics).sort();
    orders[bundler] = run.orders
      .map(({ orderId, ...rest }) => ({ nth: Number(String(orderId).split('-').at(-1)), ...rest }))
      .sort((a, b) => a.nth - b.nth)
      .map((order) => JSON.stringify(order));
  });

  it('send the same orders and report the same metrics', () => {
    expect(metrics.webpack).toEqual(metrics.esbuild);
    expect(metrics.esbuild).toContain('orders_started');
    expect(orders.esbuild.length).toBeGreaterThan(10);
    expect(orders.webpack).toEqual(orders.esbuild);
  });
});

it('npm run build:release writes every scenario, each with its map', async () => {
  const folder = await temporaryFolder();
  const build = spawn(
    process.execPath,
    ['scripts/start.mjs', 'build', '--release', '--out', folder],
    { cwd: ROOT, stdio: 'pipe' },
  );
  const { exitCode, stdout } = await outputOf(build);
  expect(exitCode).toBe(0);
  const sources = (await readdir(SCENARIO_DIR)).filter((name) => name.endsWith('.ts'));
  const expected = sources.flatMap((name) => {
    const bundle = name.replace(/\.ts$/, '.js');
    return [bundle, `${bundle}.map`];
  });
  expect((await readdir(folder)).sort()).toEqual(expected.sort());
  expect(stdout.trim().split('\n')).toHaveLength(sources.length);
});
