import path from 'node:path';
import type { RunConfig } from '../../core/config/run-config.ts';
import { EXIT } from '../../core/errors/user-error.ts';
import type { PlatformControl } from '../../core/lambda/platform-control.ts';
import { formatCount, formatMs } from '../../core/report/format-figure.ts';
import type { PowerCell, PowerMeasurement } from '../../core/tune/power/power-cell.ts';
import { powerLoadMeasurement } from '../../core/tune/power/power-load.ts';
import { roundFigures } from '../../core/tune/power/round-figures.ts';
import { quietRun } from './quiet-run.ts';
import type { CellResult, MeasureAt } from './run-sweep.ts';
import type { SweepProcess } from './sweep-deps.ts';

export interface LoadedFunction {
  readonly control: PlatformControl;
  readonly functionName: string;
  /** The load of one cell in one round. */
  readonly config: RunConfig;
  /** Folder of the sweep. */
  readonly dir: string;
}

/** Measures a size under load: one run, and Lambda's reports of its time. */
export async function measureByLoad(
  { control, functionName, config, dir }: LoadedFunction,
  cell: PowerCell,
  { folder }: MeasureAt,
  deps: SweepProcess,
): Promise<CellResult<PowerMeasurement>> {
  const fromMs = Date.now();
  const { exitCode, report } = await quietRun({ ...config, out: folder }, deps);
  if (report === null) return { exitCode, measurement: NOTHING, figures: 'stopped' };
  const reports = await control.readReports(functionName, { fromMs, toMs: Date.now() });
  const measurement = powerLoadMeasurement({
    report,
    path: path.relative(dir, path.join(folder, 'report.json')),
    reports: reports.filter(({ memorySizeMb }) => memorySizeMb === cell.memoryMb),
  });
  // Logs on AWS are late, and are read again at the end of the sweep.
  const isLate = control.address.platform === 'aws' && exitCode !== EXIT.invalid;
  const figures = isLate
    ? `p95 ${formatMs(report.latencyMs.success.p95)}, ${formatCount(measurement.reports.length, 'report')} of Lambda so far`
    : roundFigures(cell, measurement);
  return { exitCode, measurement, figures };
}

const NOTHING: PowerMeasurement = {
  reports: [],
  failedCalls: 0,
  failure: null,
  load: null,
  problem: 'there was no load',
};
