import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { median } from 'simple-statistics';

export interface ProcessTime {
  /** Of the whole command, in ms: median of the rounds. */
  readonly wholeMs: number;
  /** Less what the same command takes to print its help, which loads the same modules. */
  readonly computingMs: number;
}

/**
 * How long a command of `scripts` takes as a process of its own. Rounds with and without work alternate.
 * @throws Error when it ends with another exit code than 0 or 1, which are verdicts.
 */
export async function processTime(
  script: string,
  args: readonly string[],
  rounds: number,
): Promise<ProcessTime> {
  const [whole, help]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    help.push(await timeOnce(script, ['--help']));
    whole.push(await timeOnce(script, args));
  }
  const wholeMs = median(whole);
  return { wholeMs, computingMs: wholeMs - median(help) };
}

async function timeOnce(script: string, args: readonly string[]): Promise<number> {
  const file = path.join(import.meta.dirname, '..', 'scripts', script);
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { stdio: 'ignore' });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`${script} ended with ${exitCode}`);
  return performance.now() - start;
}
