import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, UserError } from '../../core/config/user-error.ts';
import type { MeasuredRun } from '../../core/walkthrough/render-block.ts';
import { type KeptTruth, runFigures } from '../../core/walkthrough/run-figures.ts';
import { loadArguments, loadCommand, type WalkthroughRun } from '../../core/walkthrough/steps.ts';
import { parseReport } from '../../questions/parse-report.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import type { StopSignals } from '../run/stop-signals.ts';

export interface MeasureOptions {
  /** Of the repository. */
  readonly root: string;
  /** Folder that takes report.json and its siblings. */
  readonly out: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stop: StopSignals;
}

/** A measured run, with the report that it came from. */
export interface ReportedRun extends MeasuredRun {
  readonly report: AnsweredReport;
}

/** These say how the load went, and there is a report. */
const REPORTED: readonly (number | null)[] = [EXIT.pass, EXIT.sloMissed, EXIT.invalid];

/**
 * Runs the command that stands beside the step in docs/walkthrough.md, and reads what it wrote.
 *
 * @throws UserError with the command's own exit code where it has no figures.
 */
export async function measureRun(
  run: WalkthroughRun,
  { root, out, env, stop }: MeasureOptions,
): Promise<ReportedRun> {
  const command = ['--import', import.meta.resolve('tsx'), join(root, 'scripts/run.ts')];
  const child = spawn(process.execPath, [...command, ...loadArguments(run), '--out', out], {
    cwd: root,
    env: withoutOptions(env),
    // Its summary goes where its progress goes: stdout is the walkthrough's own.
    stdio: ['ignore', process.stderr, 'inherit'],
  });
  stop.onStop((count) => child.kill(count === 1 ? 'SIGINT' : 'SIGKILL'));
  const exitCode = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (stop.first() !== null) {
    throw new UserError('E_STOPPED', 'stopped: no page was written', stop.exitCode());
  }
  if (!REPORTED.includes(exitCode)) {
    throw new UserError(
      'E_WALKTHROUGH_RUN',
      `the run "${run.id}" has no figures (exit code ${exitCode}): see what it said above, or run it alone: ${loadCommand(run)}`,
      exitCode ?? EXIT.environment,
    );
  }
  const report = parseReport(await readFile(join(out, 'report.json'), 'utf8'), 'report.json');
  return { run, report, figures: runFigures(report, await readTruth(out)) };
}

async function readTruth(out: string): Promise<KeptTruth> {
  const text = await readFile(join(out, 'target-truth.json'), 'utf8').catch(() => null);
  if (text !== null) return JSON.parse(text) as KeptTruth;
  throw new UserError(
    'E_WALKTHROUGH_TRUTH',
    `${out} has no target-truth.json: the order API ended before it could be asked`,
    EXIT.environment,
  );
}

/** What the user's shell sets for other loads must not change these. */
function withoutOptions(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('LOAD_') && name !== 'BASE_URL'),
  );
}
