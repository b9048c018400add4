import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calibrate } from '../lib/app/calibrate/calibrate.ts';
import { parseCalibrateFlags } from '../lib/app/calibrate/parse-calibrate-flags.ts';
import { runStoppable } from '../lib/app/cli/run-stoppable.ts';
import { calibrationText } from '../lib/core/render/compare/calibration-text.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runStoppable(process, async (stop) => {
  const { env, stdout, stderr } = process;
  const flags = parseCalibrateFlags(process.argv.slice(2));
  const deps = { root: ROOT, cwd: process.cwd(), env, stderr, stop };
  const { calibration, exitCode } = await calibrate(flags, deps);
  if (calibration === null) return exitCode;
  stdout.write(
    flags.json ? `${JSON.stringify(calibration)}\n` : calibrationText(calibration, flags.dir),
  );
  return exitCode;
});
