import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Calibration, calibrationOf } from '../../core/compare/calibration.ts';
import { blockersOf } from '../../core/compare/comparability.ts';
import { DEFAULT_SETTINGS } from '../../core/compare/compare-settings.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { FLOOR_RUNS } from '../../core/trend/night-noise.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';
import { loadCommand } from '../run/load-command.ts';
import type { LoadDeps } from '../run/run-load.ts';
import { makeRuns } from './make-runs.ts';
import type { CalibrateFlags } from './parse-calibrate-flags.ts';

/** The fewest pairs that give a noise floor. */
const MIN_PAIRS = FLOOR_RUNS.least / 2;
/** How much of a failed run's output is shown: its end says why. */
const SHOWN_CHARACTERS = 2000;

/**
 * Makes pairs of runs and sums up how much they differ. The calibration is null if too few pairs could be made; the
 * exit code is 0, or that of the run that ended it.
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
  const runs = await makeRuns({
    count: 2 * pairs,
    folder,
    historyDir: dir,
    say,
    run: (out) => quietRun([scenario, ...runArgs, '--out', out], deps),
  });
  const whole = Math.floor(runs.reports.length / 2);
  if (runs.exitCode !== EXIT.pass) {
    if (whole < MIN_PAIRS) return { calibration: null, exitCode: runs.exitCode };
    say(`The ${whole} complete pairs are summed up.`);
  }
  const reports = runs.reports.slice(0, 2 * whole);
  const sides = reports.map((report) => ({ side: 'the calibration', report }));
  for (const { sentence } of blockersOf(sides, DEFAULT_SETTINGS.maxDroppedRatio)) {
    say(`Note: ${sentence}`);
  }
  const calibration = calibrationOf(reports, DEFAULT_SETTINGS);
  const text = `${JSON.stringify(calibration)}\n`;
  await writeFileAtomically(path.join(folder, 'calibration.json'), text);
  return { calibration, exitCode: runs.exitCode };
}

const REPORTED: readonly number[] = [EXIT.pass, EXIT.sloMissed, EXIT.invalid];

/** Makes a run and shows its output only if it fails. Resolves to the exit code. */
async function quietRun(argv: readonly string[], deps: Omit<LoadDeps, 'stdout'>): Promise<number> {
  let output = '';
  const stdout = { write: () => true };
  const stderr = {
    write: (text: string) => {
      output = (output + text).slice(-SHOWN_CHARACTERS);
    },
  };
  const { exitCode } = await loadCommand(argv, { ...deps, stdout, stderr });
  const isShown = !REPORTED.includes(exitCode) && deps.stop.first() === null;
  if (isShown) deps.stderr.write(output);
  return exitCode;
}
