import type { RunConfig } from '../../core/config/run-config.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { type LoadDeps, runLoad } from '../run/run-load.ts';

/** How much of a failed run's output is shown: its end says why. */
const SHOWN_CHARACTERS = 2000;

export interface QuietRun {
  readonly exitCode: number;
  /** Null if a signal came before the load. */
  readonly report: AnsweredReport | null;
}

/**
 * Makes a load run of a sweep: its output is shown only if it ends in no usual way, and it is in no history.
 *
 * @throws UserError if the run cannot be made, or its target cannot be reached (exit 4).
 */
export async function quietRun(
  config: RunConfig,
  deps: Pick<LoadDeps, 'root' | 'cwd' | 'env' | 'stderr' | 'stop' | 'onLoadBegan'>,
): Promise<QuietRun> {
  let output = '';
  const stdout = { write: () => true };
  const stderr = {
    write: (text: string) => {
      output = (output + text).slice(-SHOWN_CHARACTERS);
    },
  };
  const end = await runLoad(
    { ...config, history: null, json: false, live: false },
    { ...deps, stdout, stderr },
  );
  if (end.exitCode !== EXIT.environment || deps.stop.first() !== null) return end;
  deps.stderr.write(output);
  throw new UserError(
    'E_TARGET_UNREACHABLE',
    `no order of the run in ${config.out} reached ${config.target}`,
    EXIT.environment,
  );
}
