import { commitOfCi } from '../../core/config/ci-variables.ts';
import type { Env } from '../../core/config/env.ts';
import { runProgram } from '../process/run-program.ts';

/**
 * Commit of the working directory, with `-dirty` if tracked files differ from it. If git is missing or refuses, as in a
 * container whose user does not own the checkout, the commit that CI names; otherwise null.
 */
export async function readGitCommit(cwd: string, env: Env): Promise<string | null> {
  const { exitCode, stdout } = await runProgram({
    file: 'git',
    args: ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'],
    cwd,
    env,
    timeoutMs: 5000,
  });
  return (exitCode === 0 && stdout.trim()) || commitOfCi(env, cwd);
}
