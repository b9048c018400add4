import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUN_SCRIPT = fileURLToPath(new URL('../../../scripts/run.ts', import.meta.url));
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * One run by the same command that a user has; its report is written to `out`. Resolves to its exit
 * code. A signal that ends this process ends the run first, which then reports what it has.
 */
export function runOnce(
  scenario: string,
  args: readonly string[],
  out: string,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), RUN_SCRIPT, scenario, ...args, '--out', out],
      { env, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
    const pass = (signal: NodeJS.Signals) => void child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, pass);
    child.on('error', reject);
    child.on('close', (code) => {
      for (const signal of SIGNALS) process.off(signal, pass);
      if (code === 2 || code === 4) process.stderr.write(said);
      resolve(code ?? 1);
    });
  });
}
