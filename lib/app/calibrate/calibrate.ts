import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Calibration, calibrationOf } from '../../core/compare/calibration.ts';
import { incomparableReasons } from '../../core/compare/comparability.ts';
import { DEFAULT_SETTINGS } from '../../core/compare/compare-settings.ts';
import { EXIT, UserError } from '../../core/config/user-error.ts';
import { FLOOR_RUNS } from '../../core/trend/night-noise.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';
import { loadCommand } from '../run/load-command.ts';
import type { LoadDeps } from '../run/run-load.ts';
import { makeRuns } from './make-runs.ts';
import type { CalibrateFlags } from './parse-calibrate-flags.ts';

/** Fewer have no noise floor. */
const MIN_PAIRS = FLOOR_RUNS.least / 2;
/** Of what a run has said, that which tells why it could not be made. */
const SHOWN_CHARACTERS = 2000;

/**
 * Makes pairs of runs, and sums up how much they differ; null where too few pairs could be made. Exit code: 0, or that
 * of the run that ended it.
 */
export async function calibrate(
  { pairs, scenario, dir, runArgs }: CalibrateFlags,
  deps: Omit<LoadDeps, 'stdout'>,
): Promise<{ readonly calibration: Calibration | null; readonly exitCode: number }> {
  const say = (line: string): void => void deps.stderr.write(`${line}\n`);
  const folder = path.join(dir, new Date().toISOString().replace(/[:.]/g, '-'));
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot write to ${dir} (${error.code}). Name another folder with --dir.`,
      EXIT.environment,
    );
  });
  const made = await makeRuns({
    count: 2 * pairs,
    folder,
    historyDir: dir,
    say,
    run: (out) => quietRun([scenario, ...runArgs, '--out', out], deps),
  });
  const whole = Math.floor(made.reports.length / 2);
  if (made.exitCode !== EXIT.pass) {
    if (whole < MIN_PAIRS) return { calibration: null, exitCode: made.exitCode };
    say(`The ${whole} pairs that are whole are summed up.`);
  }
  const reports = made.reports.slice(0, 2 * whole);
  const named = reports.map((report) => ({ side: 'the calibration', report }));
  for (const why of incomparableReasons(named, DEFAULT_SETTINGS.maxDroppedRatio))
    say(`Note: ${why}`);
  const calibration = calibrationOf(reports, DEFAULT_SETTINGS);
  const text = `${JSON.stringify(calibration)}\n`;
  await writeFileAtomically(path.join(folder, 'calibration.json'), text);
  return { calibration, exitCode: made.exitCode };
}

const REPORTED: readonly number[] = [EXIT.pass, EXIT.sloMissed, EXIT.invalid];

/** A run of which nothing is shown, unless it cannot be made. Resolves to its exit code. */
async function quietRun(argv: readonly string[], deps: Omit<LoadDeps, 'stdout'>): Promise<number> {
  let said = '';
  const stdout = { write: () => true };
  const stderr = {
    write: (text: string) => {
      said = (said + text).slice(-SHOWN_CHARACTERS);
    },
  };
  const { exitCode } = await loadCommand(argv, { ...deps, stdout, stderr });
  const isShown = !REPORTED.includes(exitCode) && deps.stop.first() === null;
  if (isShown) deps.stderr.write(said);
  return exitCode;
}
