import { commitOfCi } from '../../core/config/ci-variables.ts';
import type { Env } from '../../core/config/env.ts';
import { runProgram } from '../process/run-program.ts';

/**
 * Commit of the working directory, `-dirty` where tracked files differ from it. Where git is not there or refuses, as
 * it does in a container whose user does not own the checkout, the commit that CI names; else null.
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
