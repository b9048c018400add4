import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const OPEN_API = 'openapi: 3.0.0\npaths: { /v1/orders: { post: { responses: { "201": {} } } } }\n';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function init(...args: readonly string[]): Promise<Ended> {
  const run = promisify(execFile);
  const argv = [join(ROOT, 'scripts/start.mjs'), 'init', ...args];
  return run(process.execPath, argv, { cwd: ROOT }).then(
    (ended) => ({ ...ended, code: 0 }),
    (failure: Ended) => failure,
  );
}

it('writes a config once, and says in one line why it does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'init-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [api, out, broken] = ['api.yaml', 'load.config.ts', 'broken.yaml'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await writeFile(api, OPEN_API);
  await writeFile(broken, 'a: [1');
  const written = await init(api, '--out', out);
  expect(written.stderr).toBe('');
  expect(written.stdout).toMatch(/^written: .*\n- Orders go to POST \/v1\/orders/);
  const { code } = await transform(await readFile(out, 'utf8'), { loader: 'ts', format: 'esm' });
  const { default: config } = (await import(
    `data:text/javascript,${encodeURIComponent(code)}`
  )) as {
    default: { order: object };
  };
  expect(config.order).toMatchObject({ createPath: '/v1/orders', successStatuses: [201] });
  const fails = async (args: readonly string[], why: RegExp) => {
    const failure = await init(...args);
    expect(failure.stderr).toMatch(why);
    expect(failure.stderr.trim().split('\n')).toHaveLength(1);
    expect(failure.code).toBe(2);
  };
  await fails([api, '--out', out], /E_CONFIG_THERE.*already exists/);
  await fails([join(folder, 'none.yaml')], /E_API_DESCRIPTION.*cannot be read \(ENOENT\)/);
  await fails([broken], /E_API_DESCRIPTION.*neither YAML nor JSON/);
  await fails([], /E_USAGE/);
});
