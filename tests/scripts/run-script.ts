import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface ScriptOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the suite as its own process, as npm does. */
export function runScript(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<ScriptOutcome> {
  const root = join(import.meta.dirname, '../..');
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), command, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
