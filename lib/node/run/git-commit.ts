import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { commitOfCi } from '../../core/config/ci-variables.ts';
import type { Env } from '../../core/config/env.ts';

/**
 * Commit of the working directory, `-dirty` where tracked files differ from it. Where git is not there or refuses, as
 * it does in a container whose user does not own the checkout, the commit that CI names; else null.
 */
export async function readGitCommit(cwd: string, env: Env): Promise<string | null> {
  try {
    const args = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    const { stdout } = await promisify(execFile)('git', args, { cwd, timeout: 5000 });
    return stdout.trim() || commitOfCi(env, cwd);
  } catch {
    return commitOfCi(env, cwd);
  }
}
