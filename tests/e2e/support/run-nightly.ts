import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Night } from '../../../lib/core/night/night.ts';
import { K6, ROOT, temporaryFolder } from './run-load.ts';

interface NightOptions {
  readonly cwd?: string;
  /** Sees what the night says while it goes on. */
  readonly hear?: (said: string) => void;
}

/** Runs a quick night of one run a step to its end. */
export async function runNightly(env: Record<string, string>, options: NightOptions = {}) {
  const cwd = options.cwd ?? (await temporaryFolder());
  const places = ['--history', join(cwd, 'history'), '--out', join(cwd, 'night')];
  const args = [join(ROOT, 'scripts/start.mjs'), 'nightly'];
  const base = { PATH: process.env['PATH'] ?? '', HOME: cwd, TMPDIR: cwd, K6_BIN: K6 };
  return new Promise<{ exitCode: number; night: Night; read: (name: string) => Promise<string> }>(
    (done) => {
      const child = execFile(
        process.execPath,
        [...args, '--quick', '--repeats', '1', '--json', ...places],
        { cwd, env: { ...base, LOAD_STORE: 'memory', ...env }, maxBuffer: 2 ** 24 },
        (error, stdout) => {
          const exitCode = error === null ? 0 : Number(error.code);
          const read = (name: string) => readFile(join(cwd, name), 'utf8');
          done({ exitCode, night: JSON.parse(stdout) as Night, read });
        },
      );
      child.stderr?.on('data', (text: string) => options.hear?.(text));
    },
  );
}
