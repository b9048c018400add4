import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { makeRuns } from '../lib/app/calibrate/make-runs.ts';
import { parseCalibrateFlags } from '../lib/app/calibrate/parse-calibrate-flags.ts';
import { runOnce } from '../lib/app/calibrate/run-once.ts';
import { runMain } from '../lib/app/cli/run-main.ts';
import { calibrationOf } from '../lib/core/compare/calibration.ts';
import { incomparableReasons } from '../lib/core/compare/comparability.ts';
import { DEFAULT_SETTINGS } from '../lib/core/compare/compare-settings.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { calibrationText } from '../lib/core/render/compare/calibration-text.ts';
import { FLOOR_RUNS } from '../lib/core/trend/night-noise.ts';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';

/** Fewer have no noise floor. */
const LEAST_PAIRS = FLOOR_RUNS.least / 2;

runMain(process, async () => {
  const { pairs, scenario, dir, json, runArgs } = parseCalibrateFlags(process.argv.slice(2));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const begun = new Date().toISOString().replace(/[:.]/g, '-');
  const folder = path.join(dir, begun);
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
    run: (out) => runOnce(scenario, runArgs, out, process.env),
  });
  const whole = Math.floor(made.reports.length / 2);
  if (made.exitCode !== EXIT.pass) {
    if (whole < LEAST_PAIRS) return made.exitCode;
    say(`The ${whole} pairs that are whole are summed up.`);
  }
  const reports = made.reports.slice(0, 2 * whole);
  const named = reports.map((report) => ({ side: 'the calibration', report }));
  for (const why of incomparableReasons(named, DEFAULT_SETTINGS.maxDroppedRatio))
    say(`Note: ${why}`);
  const calibration = calibrationOf(reports, DEFAULT_SETTINGS);
  await writeFileAtomically(
    path.join(folder, 'calibration.json'),
    `${JSON.stringify(calibration)}\n`,
  );
  process.stdout.write(
    json ? `${JSON.stringify(calibration)}\n` : calibrationText(calibration, dir),
  );
  return made.exitCode;
});
