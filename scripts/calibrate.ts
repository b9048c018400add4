import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { calibrationOf } from '../lib/core/compare/calibration.ts';
import { incomparableReasons } from '../lib/core/compare/comparability.ts';
import { DEFAULT_SETTINGS } from '../lib/core/compare/compare-settings.ts';
import { historyEntryOf } from '../lib/core/compare/history-entry.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { calibrationText } from '../lib/core/render/compare/calibration-text.ts';
import type { Report } from '../lib/core/report/schema/report-schema.ts';
import { appendHistory } from '../lib/node/store/history.ts';
import { readRunReport } from '../lib/node/store/read-run-report.ts';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';
import { parseCalibrateFlags } from './calibrate/parse-calibrate-flags.ts';
import { runOnce } from './calibrate/run-once.ts';
import { runMain } from './run-main.ts';

runMain(async () => {
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
  const reports: Report[] = [];
  for (let run = 0; run < 2 * pairs; run++) {
    const out = path.join(folder, String(run + 1).padStart(3, '0'));
    say(`run ${run + 1} of ${2 * pairs}: ${out}`);
    const exitCode = await runOnce(scenario, runArgs, out, process.env);
    if (exitCode !== EXIT.pass && exitCode !== EXIT.sloMissed) return stopped(exitCode, out, say);
    const { report } = await readRunReport(out);
    await appendHistory(dir, historyEntryOf(report));
    reports.push(report);
  }
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
  return EXIT.pass;
});

function stopped(exitCode: number, out: string, say: (line: string) => void): number {
  const why =
    exitCode === EXIT.invalid
      ? 'proves nothing (see its report)'
      : `ended with exit code ${exitCode}`;
  say(`The calibration stops: the run in ${out} ${why}. Runs before it are kept.`);
  return exitCode;
}
