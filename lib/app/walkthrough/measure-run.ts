import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { MeasuredRun } from '../../core/walkthrough/render-block.ts';
import { type KeptTruth, runFigures } from '../../core/walkthrough/run-figures.ts';
import {
  loadArguments,
  loadCommand as typedCommand,
  type WalkthroughRun,
} from '../../core/walkthrough/steps.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { loadCommand } from '../run/load-command.ts';
import type { LoadDeps } from '../run/run-load.ts';

/** A measured run, with the report that it came from. */
export interface ReportedRun extends MeasuredRun {
  readonly report: AnsweredReport;
}

/** With these exit codes there are figures. */
const REPORTED: readonly number[] = [EXIT.pass, EXIT.sloMissed, EXIT.invalid];

/**
 * Makes the run whose command docs/walkthrough.md shows with the step, and reads its results from `out`. Its paths are
 * relative to the repository, which must be the working directory.
 *
 * @throws UserError with the run's own exit code if it has no figures.
 */
export async function measureRun(
  run: WalkthroughRun,
  out: string,
  deps: LoadDeps,
): Promise<ReportedRun> {
  const { stop } = deps;
  const argv = [...loadArguments(run), '--out', out];
  const { exitCode, report } = await loadCommand(argv, { ...deps, env: withoutOptions(deps.env) });
  if (stop.first() !== null) {
    throw new UserError('E_STOPPED', 'stopped: no page was written', stop.exitCode());
  }
  if (report === null || !REPORTED.includes(exitCode)) {
    throw new UserError(
      'E_WALKTHROUGH_RUN',
      `the run "${run.id}" has no figures (exit code ${exitCode}): see its output above, or run it on its own: ${typedCommand(run)}`,
      exitCode,
    );
  }
  return { run, report, figures: runFigures(report, await readTruth(out)) };
}

async function readTruth(out: string): Promise<KeptTruth> {
  const text = await readFile(join(out, 'target-truth.json'), 'utf8').catch(() => null);
  if (text !== null) return JSON.parse(text) as KeptTruth;
  throw new UserError(
    'E_WALKTHROUGH_TRUTH',
    `${out} has no target-truth.json: the order API ended before its counts could be read`,
    EXIT.environment,
  );
}

/** The options that the user's shell sets for other loads must not change these. */
function withoutOptions(env: LoadDeps['env']): LoadDeps['env'] {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('LOAD_') && name !== 'BASE_URL'),
  );
}
