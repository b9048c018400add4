import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readReport } from '../../../lib/node/store/read-report.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');

export interface LoadResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One run of the real command. */
export interface LoadRun {
  readonly pid: number;
  /** Folder given by `--out`. */
  readonly out: string;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly done: Promise<LoadResult>;
  /** Standard error so far. */
  readonly said: () => string;
  readonly report: () => Promise<AnsweredReport>;
  readonly k6Log: () => Promise<string>;
  /** Ends what is still running and removes the folder. */
  readonly dispose: () => Promise<void>;
}

export interface LoadStart {
  readonly out?: string;
  /** A command that replaces itself by the one that follows it, such as `nice -n 5`. */
  readonly by?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `npm run load -- …` without npm. `args` are separated by spaces. */
export function startLoad(args: string, { out, by = [], env = {} }: LoadStart = {}): LoadRun {
  const folder = mkdtempSync(join(tmpdir(), 'order-load-e2e-'));
  const outDir = out ?? join(folder, 'out');
  const node = [process.execPath, 'scripts/start.mjs', 'run'];
  const [program, ...rest] = [...by, ...node, ...args.split(' '), '--out', outDir];
  const child = spawn(program as string, rest, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  return {
    pid: child.pid as number,
    out: outDir,
    kill: (signal) => {
      child.kill(signal);
    },
    done: once(child, 'close').then(([exitCode]) => ({ exitCode, ...text })),
    said: () => text.stderr,
    report: () => readReport(join(outDir, 'report.json')),
    k6Log: () => readFile(join(outDir, 'k6.log'), 'utf8'),
    dispose: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks first: if the wrapper is killed outright, its k6 runs on until its next line of output. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const deadline = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await exited;
  clearTimeout(deadline);
}
