import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const CI_FOLDER = resolve(import.meta.dirname, '../../.ci');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'order-load-ci-'));
  await cp(CI_FOLDER, join(root, '.ci'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

interface FakeNpm {
  readonly ciExitCode?: number;
  readonly testExitCode?: number;
  readonly pipExitCode?: number;
  /** Of Node; 24 is the newest LTS, on which nothing needs to be run again. */
  readonly nodeMajor?: number;
  readonly npxExitCode?: number;
  readonly loadExitCode?: number;
  /** What `npm run test:unit` leaves on the newest LTS. */
  readonly ltsReport?: object;
  /** What `npm test` leaves as vitest's JSON report. */
  readonly report?: object;
}

/** Runs `.ci/run` with an npm that does as told; returns the exit code and the last line. */
async function runCi({ ciExitCode = 0, testExitCode = 0, pipExitCode = 0, ...fake }: FakeNpm) {
  const { nodeMajor = 24, npxExitCode = 0, loadExitCode = 0, report, ltsReport } = fake;
  const bin = join(root, 'bin');
  const cache = join(root, 'node_modules/.cache');
  await mkdir(bin);
  await mkdir(cache, { recursive: true });
  // A stale report of an earlier run must not be taken for this one's.
  await writeFile(join(cache, 'test-results.json'), JSON.stringify(reportOf(99, 0, 0)));
  await writeFile(join(root, 'report.json'), JSON.stringify(report ?? null));
  await writeFile(join(root, 'lts-report.json'), JSON.stringify(ltsReport ?? null));
  const leave = (file: string, made: object | undefined) =>
    made === undefined ? ':' : `cp ${file} ${cache}/test-results.json`;
  const write = (name: string, body: string) =>
    writeFile(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  await write(
    'npm',
    `case "$1 $2" in
       'ci ') exit ${ciExitCode};;
       'test ') ${leave('report.json', report)}; exit ${testExitCode};;
       'run test:unit') ${leave('lts-report.json', ltsReport)}; exit 0;;
       'run load:steady') exit ${loadExitCode};;
     esac
     exit 99`,
  );
  await write('npx', `echo ${bin}/node; exit ${npxExitCode}`);
  await write('node', `[ "$1" = -p ] && exec echo ${nodeMajor}; exec ${process.execPath} "$@"`);
  await write('python3', `exit ${pipExitCode}`);
  await write('chromium', '');
  return new Promise<{ exitCode: number; last: string }>((done) => {
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` };
    execFile(join(root, '.ci/run'), { env }, (error, stdout) => {
      const exitCode = error === null ? 0 : Number(error.code);
      done({ exitCode, last: stdout.trimEnd().split('\n').at(-1) ?? '' });
    });
  });
}

function reportOf(passed: number, failed: number, skipped: number, unloadableFiles = 0) {
  return {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    testResults: Array.from({ length: unloadableFiles }, () => ({
      status: 'failed',
      assertionResults: [],
    })),
  };
}

it.each<[string, FakeNpm, number, string]>([
  ['all passed', { report: reportOf(12, 0, 0) }, 0, '12 passed, 0 failed'],
  ['a test failed', { report: reportOf(11, 1, 0), testExitCode: 1 }, 1, '11 passed, 1 failed'],
  ['a failure that npm test forgot', { report: reportOf(11, 1, 0) }, 1, '11 passed, 1 failed'],
  [
    'only a check failed',
    { report: reportOf(12, 0, 0), testExitCode: 1 },
    1,
    '12 passed, 0 failed',
  ],
  ['skipped tests are named', { report: reportOf(10, 0, 2) }, 0, '10 passed, 0 failed, 2 skipped'],
  [
    'a file did not load',
    { report: reportOf(9, 0, 0, 1), testExitCode: 1 },
    1,
    '9 passed, 1 failed',
  ],
  ['no test ran', { report: reportOf(0, 0, 0) }, 1, '0 passed, 0 failed'],
  ['the runner died early', { testExitCode: 0 }, 1, '0 passed, 0 failed'],
  [
    'no Python, whose tests say so themselves',
    { pipExitCode: 1, report: reportOf(12, 0, 0) },
    0,
    '12 passed, 0 failed',
  ],
  [
    'the newest LTS is counted as well',
    { nodeMajor: 20, report: reportOf(12, 0, 0), ltsReport: reportOf(8, 0, 1) },
    0,
    '20 passed, 0 failed, 1 skipped',
  ],
  [
    'a test failed on the newest LTS alone',
    { nodeMajor: 20, report: reportOf(12, 0, 0), ltsReport: reportOf(7, 1, 0) },
    1,
    '19 passed, 1 failed',
  ],
  [
    'no test ran on the newest LTS',
    { nodeMajor: 20, report: reportOf(12, 0, 0) },
    1,
    '12 passed, 0 failed',
  ],
  [
    'the load failed on the newest LTS',
    { nodeMajor: 20, loadExitCode: 4, report: reportOf(12, 0, 0), ltsReport: reportOf(8, 0, 0) },
    1,
    '20 passed, 0 failed',
  ],
  [
    'the newest LTS could not be had',
    { nodeMajor: 20, npxExitCode: 1, report: reportOf(12, 0, 0) },
    1,
    '12 passed, 0 failed',
  ],
  ['npm ci failed', { ciExitCode: 1, report: reportOf(12, 0, 0) }, 1, '0 passed, 0 failed'],
])('%s', async (_, npm, exitCode, last) => {
  expect(await runCi(npm)).toEqual({ exitCode, last });
});
