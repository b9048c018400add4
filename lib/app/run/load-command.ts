import { reportFailure } from '../cli/run-main.ts';
import { readRunConfig } from './read-run-config.ts';
import type { LoadDeps, LoadEnd } from './run-load.ts';

/**
 * Does what `npm run load -- <argv>` does, in this process. Whatever goes wrong is told on stderr and by the exit
 * code; it never rejects.
 */
export async function loadCommand(argv: readonly string[], deps: LoadDeps): Promise<LoadEnd> {
  const { env, cwd, stop, stderr } = deps;
  try {
    const config = await stop.orStop(readRunConfig(argv, env, cwd));
    if (config === null) return { exitCode: stop.exitCode(), report: null };
    // Most of the suite, which neither --help nor a refused option needs.
    const { runLoad } = await import('./run-load.ts');
    return await runLoad(config, deps);
  } catch (error) {
    return { exitCode: reportFailure(error, stderr), report: null };
  }
}
