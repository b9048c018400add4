import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Env } from '../../core/config/env.ts';
import type { StopSignals } from '../run/stop-signals.ts';

export interface CommandOptions {
  readonly env: Env;
  readonly stop: StopSignals;
}

export interface CommandEnd {
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
}

/**
 * Runs a command of this suite to its end, as `npm run` would. What it says goes to stderr, its stdout
 * is handed back. A signal that stops the night is passed on; it ends in its own order.
 */
export function runCommand(
  script: 'run' | 'compare' | 'trend',
  args: readonly string[],
  { env, stop }: CommandOptions,
): Promise<CommandEnd> {
  const file = fileURLToPath(new URL(`../../../scripts/${script}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file, ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stop.onStop((count) => void child.kill(count === 1 ? 'SIGINT' : 'SIGKILL'));
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout }));
  });
}
