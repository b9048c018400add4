import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { K6, outputOf, ROOT } from './run-load.ts';

export interface TuneCommand {
  readonly cwd: string;
  readonly whileRunning?: (child: ChildProcess) => void;
}

/** Runs `npm run tune -- ARGS` to its end. */
export async function tune(args: readonly string[], { cwd, whileRunning }: TuneCommand) {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), 'tune', ...args], {
    cwd,
    env: tuneEnvironment(cwd),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = outputOf(child);
  whileRunning?.(child);
  return ended;
}

export const tuneEnvironment = (home: string) => ({
  PATH: process.env['PATH'] ?? '',
  HOME: home,
  TMPDIR: home,
  K6_BIN: K6,
});
