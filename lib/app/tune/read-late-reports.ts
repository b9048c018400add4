import path from 'node:path';
import type { PlatformControl } from '../../core/lambda/platform-control.ts';
import type { MeasuredRound } from '../../core/tune/measured-round.ts';
import type { PowerCell, PowerMeasurement } from '../../core/tune/power/power-cell.ts';
import { powerLoadMeasurement } from '../../core/tune/power/power-load.ts';
import { SETTLE_MS } from '../../node/platform/settle-ms.ts';
import { readReport } from '../../node/store/read-report.ts';
import type { StopSignals } from '../cli/stop-signals.ts';

type PowerRound = MeasuredRound<PowerCell, PowerMeasurement>;

export interface LateReports {
  readonly rounds: readonly PowerRound[];
  readonly control: PlatformControl;
  readonly functionName: string;
  /** Folder of the sweep. */
  readonly dir: string;
  readonly stop: StopSignals;
  readonly say: (line: string) => void;
}

const POLL_MS = 5000;

/**
 * Reads Lambda's reports of all rounds once more, because logs on AWS are late: until every round has all of its
 * reports, at most two minutes after the last one.
 */
export async function readLateReports(late: LateReports): Promise<readonly PowerRound[]> {
  const { stop, say } = late;
  const lastMs = Math.max(...late.rounds.map(({ endedAtMs }) => endedAtMs));
  let rounds = await readOnce(late.rounds, late);
  if (rounds.some(lacksReports)) {
    say("log       waiting for Lambda's log, at most 2 minutes; Ctrl-C takes what there is");
  }
  while (rounds.some(lacksReports) && Date.now() < lastMs + SETTLE_MS && stop.first() === null) {
    await stop.orStop(new Promise((resolve) => setTimeout(resolve, POLL_MS)));
    rounds = await readOnce(rounds, late);
  }
  return rounds;
}

function readOnce(rounds: readonly PowerRound[], late: LateReports): Promise<PowerRound[]> {
  return Promise.all(rounds.map((round) => withReports(round, late)));
}

async function withReports(
  round: PowerRound,
  { control, functionName, dir }: LateReports,
): Promise<PowerRound> {
  const { cell, startedAtMs, endedAtMs, measurement } = round;
  if (measurement.load === null) return round;
  const found = await control.readReports(functionName, { fromMs: startedAtMs, toMs: endedAtMs });
  const reports = found.filter(({ memorySizeMb }) => memorySizeMb === cell.memoryMb);
  const { report: file } = measurement.load;
  const report = await readReport(path.join(dir, file));
  return { ...round, measurement: powerLoadMeasurement({ report, path: file, reports }) };
}

function lacksReports({ measurement }: PowerRound): boolean {
  const { load, reports } = measurement;
  if (load === null || load.verdict === 'invalid') return false;
  return reports.length < load.offered * (load.successRatio ?? 0);
}
