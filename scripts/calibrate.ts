import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calibrate } from '../lib/app/calibrate/calibrate.ts';
import { parseCalibrateFlags } from '../lib/app/calibrate/parse-calibrate-flags.ts';
import { runStoppable } from '../lib/app/cli/run-stoppable.ts';
import { streamColors } from '../lib/app/cli/stream-colors.ts';
import { streamWidth } from '../lib/app/cli/stream-width.ts';
import { calibrationText } from '../lib/core/render/compare/calibration-text.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runStoppable(process, async (stop) => {
  const { env, stdout, stderr } = process;
  const flags = parseCalibrateFlags(process.argv.slice(2));
  const deps = { root: ROOT, cwd: process.cwd(), env, stderr, stop };
  const { calibration, exitCode } = await calibrate(flags, deps);
  if (calibration === null) return exitCode;
  const look = { colors: streamColors(stdout, env), width: streamWidth(stdout) };
  stdout.write(
    flags.json ? `${JSON.stringify(calibration)}\n` : calibrationText(calibration, flags.dir, look),
  );
  return exitCode;
});
