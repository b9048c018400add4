import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished, type TestContext } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const WORKFLOWS = join(ROOT, '.github/workflows');
/** Where `.ci/run` builds it. */
const ACTIONLINT = join(ROOT, 'node_modules/.cache/actionlint');
const REMEDY =
  'needs actionlint: go build -C scripts/actionlint -o ../../node_modules/.cache/actionlint github.com/rhysd/actionlint/cmd/actionlint';

async function lintOrSkip(files: readonly string[], context: TestContext) {
  if (!existsSync(ACTIONLINT)) {
    if (process.env['CI'] === 'true') throw new Error(REMEDY);
    context.skip(REMEDY);
  }
  return new Promise<{ exitCode: number; output: string }>((done, fail) => {
    // What else is installed must not decide what is found.
    const args = ['-no-color', '-shellcheck=', '-pyflakes=', ...files];
    execFile(ACTIONLINT, args, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') fail(error);
      else done({ exitCode: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}

async function workflows(): Promise<string[]> {
  return (await readdir(WORKFLOWS)).map((name) => join(WORKFLOWS, name));
}

it('actionlint finds nothing in the workflows', async (context) => {
  expect(await lintOrSkip(await workflows(), context)).toEqual({ exitCode: 0, output: '' });
});

it('actionlint finds what is planted', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-actionlint-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const text = await readFile(join(WORKFLOWS, 'nightly-load.yml'), 'utf8');
  const file = join(folder, 'planted.yml');
  await writeFile(file, text.replace('inputs.repeats', 'inputs.repetitions'));
  const { exitCode, output } = await lintOrSkip([file], context);
  expect(exitCode).toBe(1);
  expect(output).toContain('repetitions');
});

it('every action is pinned by commit, and no workflow may write', async () => {
  for (const file of await workflows()) {
    const text = await readFile(file, 'utf8');
    const uses = text.split('\n').filter((line) => /\buses:/.test(line));
    for (const line of uses) expect(line).toMatch(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(text.match(/permissions:/g)).toHaveLength(1);
  }
});
