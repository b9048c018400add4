import path from 'node:path';
import { reasonOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { NightComparison, NightRun, NotMade, TrendOfSeries } from '../../core/night/night.ts';
import { readHistory } from '../../node/store/history.ts';
import type { StopSignals } from '../cli/stop-signals.ts';
import type { NightCommands } from './night-commands.ts';
import type { NightFolders } from './night-folders.ts';

export interface LookBackOptions {
  readonly folders: NightFolders;
  readonly commands: Pick<NightCommands, 'compare' | 'trend'>;
  readonly stop: Pick<StopSignals, 'first'>;
}

/** Trends, or why there are none. */
export type NightTrends = readonly TrendOfSeries[] | NotMade;

export function isMade<Look extends object>(look: Look | NotMade): look is Exclude<Look, NotMade> {
  return !('notMade' in look);
}

/** Compares the steady runs in a folder of the night with the history before it. Never throws. */
export function compareSteady(
  steady: string,
  written: string,
  options: LookBackOptions,
): Promise<NightComparison> {
  return attempt(options, async () => {
    const { out, before } = options.folders;
    const { entries } = await readHistory(before);
    // In a folder without a history, compare would look for reports.
    if (entries.length === 0) return { notMade: 'the history was empty before this night' };
    const places = ['--history', before, '--out', path.join(out, written)];
    const args = [path.join(out, steady), ...places, '--format', 'html,md,junit,json'];
    return options.commands.compare(args);
  });
}

/** The trends of `history` in which one of `runs` is the newest. Never throws. */
export function trendsOf(
  history: string,
  runs: readonly NightRun[],
  extra: readonly string[],
  options: LookBackOptions,
): Promise<NightTrends> {
  return attempt(options, async () => {
    const args = ['--history', history, ...extra];
    const trends = await options.commands.trend(args);
    const ids = new Set(runs.map(({ report }) => report?.run));
    return trends.filter(({ newestRun }) => ids.has(newestRun));
  });
}

/** What the history showed before the night; nothing where it was empty. Never throws. */
export function trendsBefore(options: LookBackOptions): Promise<NightTrends> {
  return attempt(options, async () => {
    const { before } = options.folders;
    if ((await readHistory(before)).entries.length === 0) return [];
    const args = ['--history', before, '--dry-run'];
    return options.commands.trend(args);
  });
}

/** Records a failure instead of throwing it: the runs deserve their summary in any case. */
async function attempt<Look extends object>(
  { stop }: LookBackOptions,
  look: () => Promise<Look | NotMade>,
): Promise<Look | NotMade> {
  if (stop.first() !== null) return { notMade: 'the night was interrupted' };
  try {
    return await look();
  } catch (error) {
    if (stop.first() !== null) return { notMade: 'the night was interrupted' };
    const exitCode = error instanceof UserError ? error.exitCode : EXIT.environment;
    return { notMade: reasonOf(error), exitCode };
  }
}
