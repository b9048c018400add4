import type { RunConfig } from '../../core/config/run-config.ts';
import { UserError } from '../../core/errors/user-error.ts';
import type { Architecture } from '../../core/lambda/platform-control.ts';
import {
  type BatchMeasurement,
  type BatchTrial,
  batchMeasurementSchema,
  batchTrialSchema,
} from '../../core/tune/batch/batch-cell.ts';
import {
  batchCells,
  leastLoadSeconds,
  poisonTrials,
  quietTrials,
} from '../../core/tune/batch/batch-plan.ts';
import { cellName } from '../../core/tune/cell-name.ts';
import { failedBatch, measureBatch } from './measure-batch.ts';
import type { BatchFlags } from './parse-batch-flags.ts';
import type { SweepJob } from './perform-sweep.ts';
import type { SweepProcess } from './sweep-deps.ts';
import { type SweepPlatform, sweepRunConfig } from './sweep-platform.ts';

/** The mapping of a batch sweep, and what is done with it. */
export interface BatchSubject {
  readonly mappingId: string;
  /** The function that writes orders. */
  readonly functionName: string;
  readonly architecture: Architecture;
  readonly platform: SweepPlatform;
  /** Its load runs. */
  readonly config: RunConfig;
  readonly flags: BatchFlags;
}

const RATE_PER_SECOND = 50;
const WARMUP_MS = 2000;
const CONDITION_NAMES = {
  load: '',
  poison: ', with a message that never succeeds',
  quiet: ', on a quiet queue',
} as const;

/** What is measured in every round, and what once. */
export function batchTrials({
  sizes,
  windowsSeconds,
  poison,
  quiet,
}: Pick<BatchFlags, 'sizes' | 'windowsSeconds' | 'poison' | 'quiet'>): {
  readonly rounds: readonly BatchTrial[];
  readonly once: readonly BatchTrial[];
} {
  const cells = batchCells({ sizes, windowsSeconds });
  return {
    rounds: cells.map((cell) => ({ ...cell, condition: 'load' as const })),
    // A message that never succeeds may stay in the queue for a while, so it comes last.
    once: [...(quiet ? quietTrials(cells) : []), ...(poison ? poisonTrials(cells) : [])],
  };
}

/**
 * The options of a load run: as long as the windows need, unless a length was given, and after a warm-up.
 *
 * @throws UserError E_USAGE (exit 2) if the given length is too short for the windows.
 */
export function batchLoadConfig(config: RunConfig, flags: BatchFlags): RunConfig {
  const { sources } = config;
  const warmupMs = sources.warmup === undefined ? WARMUP_MS : config.warmupMs;
  const leastMs = leastLoadSeconds(batchCells(flags)) * 1000;
  const isByChoice = sources.profile !== undefined || config.arrivals.kind === 'file';
  if (isByChoice) return { ...config, warmupMs };
  if (config.durationMs !== null && config.durationMs < leastMs) {
    throw new UserError(
      'E_USAGE',
      `--duration: a window of ${Math.max(...flags.windowsSeconds)} s needs a load of ${leastMs / 1000} s or more`,
    );
  }
  return {
    ...config,
    warmupMs,
    ratePerSecond: config.ratePerSecond ?? RATE_PER_SECOND,
    durationMs: config.durationMs ?? leastMs,
  };
}

/** The cells of a batch sweep, and how they are measured. */
export function batchSweep(
  subject: BatchSubject,
  dir: string,
  deps: SweepProcess,
): ReturnType<SweepJob<BatchTrial, BatchMeasurement>['sweep']> {
  const { mappingId, platform, flags } = subject;
  const { control } = platform;
  const { maximumConcurrency } = flags;
  const { rounds, once } = batchTrials(flags);
  return {
    cells: rounds,
    once,
    cellSchema: batchTrialSchema,
    measurementSchema: batchMeasurementSchema,
    keyOf: ({ batchSize, windowSeconds, condition }) =>
      `${batchSize}-${windowSeconds}s${condition === 'load' ? '' : `-${condition}`}`,
    nameOf: (trial) => `${cellName(trial)}${CONDITION_NAMES[trial.condition]}`,
    apply: ({ batchSize, windowSeconds }) =>
      control.changeMapping(mappingId, {
        batchSize,
        windowSeconds,
        ...(maximumConcurrency !== null && { maximumConcurrency }),
      }),
    measure: (trial, at) =>
      measureBatch({ ...subject, control, config: sweepRunConfig(subject), dir }, trial, at, deps),
    failed: failedBatch,
  };
}
