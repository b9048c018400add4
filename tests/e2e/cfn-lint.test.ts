import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, type TestContext } from 'vitest';
import { ROOT, TEMPLATE_FILE } from '../deploy/read-template.ts';

/** Where `.ci/run` puts the pinned one; older ones overlook faults. */
const INSTALLED = join(ROOT, 'node_modules/.cache/cfn-lint');
const REMEDY =
  'needs cfn-lint: python3 -m pip install --target node_modules/.cache/cfn-lint -r tests/deploy/requirements.txt';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'order-load-cfn-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Lint {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs cfn-lint, warnings included. */
function lint(file: string): Promise<Lint> {
  const script = join(INSTALLED, 'bin/cfn-lint');
  const args = [script, '--regions', 'us-east-1', 'eu-west-1', '--template', file];
  const env = { ...process.env, PYTHONPATH: INSTALLED };
  return new Promise((done, fail) => {
    execFile('python3', args, { env }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') fail(error);
      else done({ exitCode: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}

async function lintOrSkip(file: string, context: TestContext): Promise<Lint> {
  if (existsSync(INSTALLED)) return lint(file);
  if (process.env['CI'] === 'true') throw new Error(REMEDY);
  return context.skip(REMEDY);
}

it('cfn-lint finds nothing in the template', { timeout: 60_000 }, async (context) => {
  expect(await lintOrSkip(TEMPLATE_FILE, context)).toEqual({ exitCode: 0, output: '' });
});

it('cfn-lint finds what is planted', { timeout: 60_000 }, async (context) => {
  const file = join(folder, 'template.yaml');
  const text = await readFile(TEMPLATE_FILE, 'utf8');
  await writeFile(file, text.replace('BillingMode: PAY_PER_REQUEST', 'BillingMode: PAY_PER_ORDER'));
  const { exitCode, output } = await lintOrSkip(file, context);
  expect(exitCode).not.toBe(0);
  expect(output).toContain('PAY_PER_ORDER');
});
