import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { median } from 'simple-statistics';
import { START_SCRIPT } from '../lib/app/cli/command-start.ts';

export interface ProcessTime {
  /** Time of the whole command in ms, median of the rounds. */
  readonly wholeMs: number;
  /** Without the time in which the same command prints its help, which loads the same modules. */
  readonly computingMs: number;
}

/**
 * Times a command of this suite as its own process. Rounds with and without work alternate.
 *
 * @throws Error if it ends with an exit code other than 0 or 1, which are verdicts.
 */
export async function processTime(
  command: string,
  args: readonly string[],
  rounds: number,
): Promise<ProcessTime> {
  const [whole, help]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    help.push(await timeOnce(command, ['--help']));
    whole.push(await timeOnce(command, args));
  }
  const wholeMs = median(whole);
  return { wholeMs, computingMs: wholeMs - median(help) };
}

async function timeOnce(command: string, args: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [START_SCRIPT, command, ...args], { stdio: 'ignore' });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`${command} ended with ${exitCode}`);
  return performance.now() - start;
}
