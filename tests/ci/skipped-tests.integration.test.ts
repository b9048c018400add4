import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const REPORTER = join(REPOSITORY, 'tests/reporters/skipped-tests-reporter.ts');
const VITEST = join(REPOSITORY, 'node_modules/vitest/vitest.mjs');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'order-load-skipped-'));
});
afterEach(() => rm(root, { recursive: true }));

async function runVitest(test: string, environment: { CI?: string }, ...args: string[]) {
  await writeFile(join(root, 'planted.test.ts'), `it('runs', () => {});\n${test}\n`);
  const { CI: _, ...env } = process.env;
  const command = [VITEST, 'run', '--root', root, '--globals', `--reporter=${REPORTER}`, ...args];
  return new Promise<{ exitCode: number; stdout: string }>((done) => {
    execFile(
      process.execPath,
      command,
      { cwd: root, env: { ...env, ...environment } },
      (error, stdout) => {
        done({ exitCode: error === null ? 0 : Number(error.code), stdout });
      },
    );
  });
}

const WITH_REASON = "it('rests', (context) => context.skip('needs a moon'));";
const SLOW = "it('rests', (context) => context.skip('slow: takes minutes'));";
const WITHOUT_REASON = "it.skip('rests', () => {});";

it.each([
  { when: 'nothing is skipped in CI', test: '', env: { CI: 'true' }, exitCode: 0, says: '' },
  {
    when: 'a reason is given',
    test: WITH_REASON,
    env: {},
    exitCode: 0,
    says: 'planted.test.ts > rests: needs a moon',
  },
  {
    when: 'a reason is given in CI',
    test: WITH_REASON,
    env: { CI: 'true' },
    exitCode: 1,
    says: 'rests: needs a moon',
  },
  {
    when: 'it is slow',
    test: SLOW,
    env: { CI: 'true' },
    exitCode: 0,
    says: 'rests: slow: takes minutes',
  },
  {
    when: 'only root may run it',
    test: "it('rests', (context) => context.skip('needs the right to fly'));",
    env: { CI: 'true' },
    exitCode: 0,
    says: 'rests: needs the right to fly',
  },
  {
    when: 'no reason is given',
    test: WITHOUT_REASON,
    env: {},
    exitCode: 1,
    says: 'rests: NO REASON GIVEN',
  },
])('exits $exitCode when $when', async ({ test, env, exitCode, says }) => {
  const result = await runVitest(test, env);
  expect(result.stdout).toContain(says);
  expect(result.exitCode).toBe(exitCode);
});

it('leaves a run alone that was narrowed by a name', async () => {
  const result = await runVitest(WITHOUT_REASON, { CI: 'true' }, '-t', 'runs');
  expect(result.exitCode).toBe(0);
});
