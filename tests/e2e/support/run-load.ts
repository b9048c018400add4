import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseReport } from '../../../lib/questions/parse-report.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');
export const K6 = process.env['K6_BIN'] as string;

/** A folder that is removed when the running test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-e2e-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface LoadRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Working directory of the command, which contains only what the run left there. */
  readonly cwd: string;
  /** Folder of --out. */
  readonly out: string;
  readonly report: () => Promise<AnsweredReport>;
  /** Names in the folder of results and in --out. */
  readonly leftBehind: () => Promise<readonly string[]>;
}

export interface LoadOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called once the command runs, with its process. */
  readonly whileRunning?: (child: ChildProcess) => void;
  /** Without --out, results go to `results/` of the working directory. */
  readonly out?: string | null;
}

/** The environment of a user who has set nothing. */
async function cleanEnv(): Promise<Record<string, string>> {
  const home = await temporaryFolder();
  return { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: home, K6_BIN: K6 };
}

/** Runs the load command in a folder of its own to its end. */
export async function runLoad(
  args: readonly string[],
  options: LoadOptions = {},
): Promise<LoadRun> {
  const cwd = options.cwd ?? (await temporaryFolder());
  const out = options.out ?? join(await temporaryFolder(), 'out');
  const outArgs = options.out === null ? [] : ['--out', out];
  const child = spawn(
    process.execPath,
    [join(ROOT, 'scripts/start.mjs'), 'run', ...args, ...outArgs],
    { cwd, env: { ...(await cleanEnv()), ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = outputOf(child);
  options.whileRunning?.(child);
  return {
    ...(await ended),
    cwd,
    out,
    report: async () =>
      parseReport(await readFile(join(out, 'report.json'), 'utf8'), 'report.json'),
    leftBehind: async () => [
      ...(await readdir(out).catch(() => [])),
      ...(await readdir(join(cwd, 'results')).catch(() => [])),
    ],
  };
}

/** What a process printed and how it ended. It is killed if the test ends first. */
export async function outputOf(
  child: ChildProcess,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (exitCode) => done({ exitCode, stdout, stderr }));
  });
}

/** Flags of a small load against a target. */
export function small(target: string, ...more: readonly string[]): readonly string[] {
  return ['steady', '--target', target, '--rate', '20', '--duration', '2s', ...more];
}
