import os from 'node:os';
import path from 'node:path';
import type { RunConfig } from '../../core/config/run-config.ts';
import type { UserError } from '../../core/errors/user-error.ts';
import { newRunId } from '../../core/order/run-id.ts';
import type { MeasuredRound } from '../../core/tune/measured-round.ts';
import type { TuneResult } from '../../core/tune/schema/tune-schema.ts';
import { readGitCommit } from '../../node/run/git-commit.ts';
import type { SettingsBefore } from '../../node/store/settings-journal.ts';
import { sayOn } from '../cli/say-on.ts';
import { readSuiteVersion } from '../run/suite-version.ts';
import { confirmChanges } from './confirm-changes.ts';
import { type ChangedSettings, keepSettings, readSettings } from './keep-settings.ts';
import { runSweep, type Sweep } from './run-sweep.ts';
import type { SweepProcess } from './sweep-deps.ts';
import type { SweepFlags } from './sweep-flags.ts';
import type { SweepPlatform } from './sweep-platform.ts';
import { type SweepRecord, TUNE_DIR, writeSweepRecord } from './sweep-record.ts';

/** A sweep as its command has put it together. */
export interface SweepJob<Cell, Measurement> {
  readonly kind: SweepRecord['kind'];
  readonly flags: SweepFlags;
  /** The options of its load runs. */
  readonly config: Pick<RunConfig, 'seed' | 'sources' | 'command' | 'label'>;
  readonly platform: SweepPlatform;
  readonly changed: ChangedSettings;
  /** What it is about to do and to change, one line each. */
  readonly plan: (before: SettingsBefore) => readonly string[];
  /**
   * The cells, and how they are measured. `dir` is the folder of the sweep.
   *
   * @throws UserError if it cannot be done with the settings as they are.
   */
  readonly sweep: (at: {
    readonly before: SettingsBefore;
    readonly dir: string;
  }) => Omit<Sweep<Cell, Measurement>, 'rounds' | 'seed'>;
}

export interface PerformedSweep<Cell, Measurement> {
  readonly rounds: readonly MeasuredRound<Cell, Measurement>[];
  readonly isComplete: boolean;
  /** Why it could not go on, or null. */
  readonly failure: UserError | null;
  readonly dir: string;
  readonly before: SettingsBefore;
  readonly restored: boolean;
  /** The part of `tune.json` about the sweep itself. */
  readonly run: TuneResult['run'];
}

/**
 * Does what every sweep does around its cells: says what it will change, asks, measures, and puts everything back. Null
 * after a signal that came before the first cell.
 *
 * @throws UserError
 */
export async function performSweep<Cell, Measurement>(
  job: SweepJob<Cell, Measurement>,
  deps: SweepProcess,
): Promise<PerformedSweep<Cell, Measurement> | null> {
  const { flags, platform } = job;
  const { stderr, stop, root, env } = deps;
  const say = sayOn(stderr);
  const { dir, record } = startedSweep(job);
  const before = await readSettings(platform.control, job.changed);
  const sweep = { ...job.sweep({ before, dir }), rounds: flags.rounds, seed: record.seed };
  for (const line of [...job.plan(before), `results   ${dir}`]) say(line);
  const isAws = platform.control.address.platform === 'aws';
  const isConfirmed = await confirmChanges({ isAws, isYes: flags.yes }, deps);
  if (isConfirmed === null || stop.first() !== null) return null;
  await writeSweepRecord(dir, record);
  const { value: end, restored } = await keepSettings(
    { id: record.id, platform, before, say },
    () => runSweep(sweep, { dir, stop, say, nowMs: Date.now }),
  );
  const times = end.rounds.flatMap(({ startedAtMs, endedAtMs }) => [startedAtMs, endedAtMs]);
  const [firstMs = Date.now()] = times;
  return {
    ...end,
    dir,
    before,
    restored,
    run: {
      id: record.id,
      startedAt: new Date(firstMs).toISOString(),
      endedAt: new Date(times.at(-1) ?? firstMs).toISOString(),
      status: end.isComplete ? 'completed' : 'interrupted',
      command: record.command,
      resumptions: record.resumptions,
      seed: record.seed,
      rounds: flags.rounds,
      suiteVersion: await readSuiteVersion(root),
      gitCommit: await readGitCommit(root, env),
      hostCpus: os.availableParallelism(),
      label: job.config.label,
    },
  };
}

/** A new sweep, or the one that goes on. */
function startedSweep({
  kind,
  flags,
  config,
}: Pick<SweepJob<unknown, unknown>, 'kind' | 'flags' | 'config'>): {
  readonly dir: string;
  readonly record: SweepRecord;
} {
  // The first argument of a load run is its scenario.
  const command = [...flags.own, ...(config.command ?? []).slice(1)];
  if (flags.resumed !== null) {
    const { dir, record } = flags.resumed;
    return { dir, record: { ...record, command, resumptions: record.resumptions + 1 } };
  }
  const id = newRunId(Date.now(), Math.random);
  const seed = config.sources.seed === undefined ? randomSeed() : config.seed;
  const startedAt = new Date().toISOString();
  const record = { recordVersion: 1, kind, id, command, seed, startedAt, resumptions: 0 } as const;
  return { dir: path.join(TUNE_DIR, id), record };
}

function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
