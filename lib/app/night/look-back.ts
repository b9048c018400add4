import path from 'node:path';
import type { Comparison } from '../../core/compare/comparison.ts';
import { EXIT, UserError } from '../../core/config/user-error.ts';
import type { NightComparison, NightRun, NotMade, TrendOfSeries } from '../../core/night/night.ts';
import { readHistory } from '../../node/store/history.ts';
import type { NightFolders } from './night-folders.ts';
import { type CommandOptions, runCommand } from './run-command.ts';

export interface LookBackOptions extends CommandOptions {
  readonly folders: NightFolders;
}

/** Trends, or why there are none. */
export type NightTrends = readonly TrendOfSeries[] | NotMade;

export function isMade<Look extends object>(look: Look | NotMade): look is Exclude<Look, NotMade> {
  return !('notMade' in look);
}

/** Holds the steady runs of a folder of the night against the history before it. Never throws. */
export function compareSteady(
  steady: string,
  written: string,
  options: LookBackOptions,
): Promise<NightComparison> {
  return attempt(options, async () => {
    const { out, before } = options.folders;
    const { entries } = await readHistory(before);
    // Compare would take a folder without a history for one of reports.
    if (entries.length === 0) return { notMade: 'the history was empty before this night' };
    const places = ['--history', before, '--out', path.join(out, written)];
    const args = [path.join(out, steady), ...places, '--format', 'html,md,junit,json', '--json'];
    return (await jsonOf('compare', args, options)) as Comparison;
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
    const args = ['--history', history, '--json', ...extra];
    const trends = (await jsonOf('trend', args, options)) as readonly TrendOfSeries[];
    const ids = new Set(runs.map(({ report }) => report?.run));
    return trends.filter(({ newestRun }) => ids.has(newestRun));
  });
}

/** What the history showed before the night; nothing where it was empty. Never throws. */
export function trendsBefore(options: LookBackOptions): Promise<NightTrends> {
  return attempt(options, async () => {
    const { before } = options.folders;
    if ((await readHistory(before)).entries.length === 0) return [];
    const args = ['--history', before, '--json', '--dry-run'];
    return (await jsonOf('trend', args, options)) as readonly TrendOfSeries[];
  });
}

/** What was loaded is worth its summary, whatever becomes of a look back: a failure is put down. */
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
    return { notMade: error instanceof Error ? error.message : String(error), exitCode };
  }
}

async function jsonOf(
  command: 'compare' | 'trend',
  args: readonly string[],
  options: LookBackOptions,
): Promise<unknown> {
  const { exitCode, stdout } = await runCommand(command, args, options);
  if (exitCode === EXIT.pass || exitCode === EXIT.sloMissed) return JSON.parse(stdout);
  throw new UserError(
    'E_NIGHTLY_LOOK_BACK',
    `npm run ${command} ended with exit code ${exitCode ?? 'none: killed'}; it says why by itself: npm run ${command} -- ${args.join(' ')}`,
    exitCode === EXIT.usage ? EXIT.usage : EXIT.environment,
  );
}
