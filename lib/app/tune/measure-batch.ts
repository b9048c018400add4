import path from 'node:path';
import type { RunConfig } from '../../core/config/run-config.ts';
import type { Architecture, PlatformControl } from '../../core/lambda/platform-control.ts';
import { EVEN } from '../../core/load/question-profile.ts';
import type { BatchMeasurement, BatchTrial } from '../../core/tune/batch/batch-cell.ts';
import {
  batchMeasurement,
  batchRoundFigures,
  UNKNOWN_USE,
} from '../../core/tune/batch/batch-load.ts';
import { queueUseBetween, readQueueCalls } from '../../node/platform/queue-use.ts';
import { plannedLoad } from './planned-load.ts';
import { quietRun } from './quiet-run.ts';
import type { CellResult, MeasureAt } from './run-sweep.ts';
import type { SweepProcess } from './sweep-deps.ts';

export interface MeasuredQueue {
  readonly control: PlatformControl;
  readonly mappingId: string;
  /** The function that writes orders. */
  readonly functionName: string;
  readonly architecture: Architecture;
  /** The load of one cell in one round, against the platform of the sweep. */
  readonly config: RunConfig;
  /** Folder of the sweep. */
  readonly dir: string;
}

/** Hardly any orders. */
export const QUIET_LOAD = { ratePerSecond: 0.2, durationMs: 25_000 };
/** No order, so no writer stores it. */
const POISON = JSON.stringify({ poison: 'A message that never succeeds, of npm run tune:batch' });
/** Longest wait for the message that never succeeds, where it can be seen in the queue. */
const POISON_WAIT_MS = 180_000;

/** Measures a trial: one run of the scenario batch, Lambda's reports of its time, and the calls of a local queue. */
export async function measureBatch(
  queue: MeasuredQueue,
  { condition }: BatchTrial,
  { folder }: MeasureAt,
  deps: SweepProcess,
): Promise<CellResult<BatchMeasurement>> {
  const { control, functionName, architecture, dir } = queue;
  const { address } = control;
  const readCalls = async () =>
    address.platform === 'local' ? await readQueueCalls(address.baseUrl) : null;
  const before = await readCalls();
  const fromMs = Date.now();
  const poison = condition === 'poison' ? poisonDuring(queue) : null;
  const { exitCode, report } = await quietRun(
    { ...configOf(queue.config, condition), out: folder },
    { ...deps, ...(poison && { onLoadBegan: poison.loadBegan }) },
  );
  const isMissing = (await poison?.wasSent()) === false;
  if (report === null) return { exitCode, measurement: failedBatch(null), figures: 'stopped' };
  const after = await readCalls();
  const answer = report.answers?.lag;
  const measurement = batchMeasurement({
    condition,
    report,
    counted: {
      redelivered: answer?.redelivered.value ?? null,
      deadLetters: answer?.deadLetters.value ?? null,
      lost: answer?.lost.value ?? null,
    },
    path: path.relative(dir, path.join(folder, 'report.json')),
    reports: await control.readReports(functionName, { fromMs, toMs: Date.now() }),
    use: before === null || after === null ? UNKNOWN_USE : queueUseBetween(before, after),
  });
  const said = isMissing
    ? { ...measurement, problem: 'the load ended before the message that never succeeds was sent' }
    : measurement;
  return { exitCode, measurement: said, figures: batchRoundFigures(said, condition, architecture) };
}

/** The measurement of a cell that cannot be set, or of one that a signal came before. */
export function failedBatch(failure: string | null): BatchMeasurement {
  return {
    report: null,
    verdict: null,
    reason: null,
    accepted: 0,
    lagMs: null,
    invocations: null,
    billedMs: null,
    billedGbSeconds: null,
    redelivered: null,
    deadLetters: null,
    lost: null,
    ...UNKNOWN_USE,
    failure,
    problem: failure === null ? 'there was no load' : null,
  };
}

function configOf(config: RunConfig, condition: BatchTrial['condition']): RunConfig {
  if (condition === 'load') return config;
  if (condition === 'quiet') return { ...config, ...QUIET_LOAD, warmupMs: 0, arrivals: EVEN };
  // Where no lens sees the queue, the run ends as soon as the orders are stored.
  return { ...config, drainWaitMs: Math.max(config.drainWaitMs, POISON_WAIT_MS) };
}

/** Sends the message in the middle of the load, so that it shares its batch with orders whose lag counts. */
function poisonDuring({
  control,
  mappingId,
  config,
}: Pick<MeasuredQueue, 'control' | 'mappingId' | 'config'>) {
  const { seconds, warmupSeconds } = plannedLoad(config);
  const afterMs = (warmupSeconds + (seconds ?? 0) / 2) * 1000;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<unknown> | null = null;
  const send = (): void => {
    sending = control.sendMessage(mappingId, POISON).then(
      () => null,
      (error: unknown) => error,
    );
  };
  return {
    loadBegan(): void {
      timer ??= setTimeout(send, afterMs);
    },
    /** Whether it was sent. Rejects with the error of the send. */
    async wasSent(): Promise<boolean> {
      clearTimeout(timer);
      if (sending === null) return false;
      const error = await sending;
      if (error !== null) throw error;
      return true;
    },
  };
}
