import { reportFailure } from '../cli/run-main.ts';
import { readRunConfig } from './read-run-config.ts';
import type { LoadDeps, LoadEnd } from './run-load.ts';

/**
 * Does what `npm run load -- <argv>` does, in this process. Never rejects: errors are printed on stderr and set the
 * exit code.
 */
export async function loadCommand(argv: readonly string[], deps: LoadDeps): Promise<LoadEnd> {
  const { env, cwd, stop, stderr } = deps;
  try {
    const config = await stop.orStop(readRunConfig(argv, env, cwd));
    if (config === null) return { exitCode: stop.exitCode(), report: null };
    // This loads most of the suite, which neither --help nor a refused option needs.
    const { runLoad } = await import('./run-load.ts');
    return await runLoad(config, deps);
  } catch (error) {
    return { exitCode: reportFailure(error, stderr), report: null };
  }
}
