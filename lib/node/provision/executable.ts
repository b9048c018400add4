import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { Env } from '../../core/config/env.ts';
import { codeOf } from '../../core/errors/reason-of.ts';
import { programProblem, runProgram } from '../process/run-program.ts';

/** Why a path cannot be run as a program (`does not exist`, …); undefined if it can. */
export async function whyNotExecutable(path: string): Promise<string | undefined> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return 'is not a file';
    if (stats.size === 0) return 'is empty';
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read (${code})`;
  }
  try {
    await access(path, constants.X_OK);
    return undefined;
  } catch {
    return 'is not executable';
  }
}

export interface ProgramOutput {
  readonly stdout: string;
  /** What went wrong, in one line; undefined if the program exited with 0. */
  readonly problem?: string;
}

/** Runs a program to its end. Never throws: a failure is in `problem`. */
export async function askProgram(
  file: string,
  args: readonly string[],
  options: { readonly env: Env; readonly cwd?: string; readonly timeoutMs: number },
): Promise<ProgramOutput> {
  const end = await runProgram({ file, args, ...options });
  const problem = programProblem(end, options.timeoutMs);
  if (problem === null) return { stdout: end.stdout };
  const lastError = lastLine(end.stderr);
  return { stdout: end.stdout, problem: lastError === '' ? problem : `${problem}: ${lastError}` };
}

/** The last non-empty line of a program's output, cut to a readable length. */
export function lastLine(output: string): string {
  const line = output.trim().split('\n').at(-1)?.trim() ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
