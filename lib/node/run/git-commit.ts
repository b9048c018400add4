import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Commit of the working directory, `-dirty` where tracked files differ from it, or null outside a repository. */
export async function readGitCommit(cwd: string): Promise<string | null> {
  try {
    const args = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    const { stdout } = await promisify(execFile)('git', args, { cwd, timeout: 5000 });
    return stdout.trim() || null;
  } catch {
    return null;
  }
}
