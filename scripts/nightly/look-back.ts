import path from 'node:path';
import type { Comparison } from '../../lib/core/compare/comparison.ts';
import { EXIT, UserError } from '../../lib/core/config/user-error.ts';
import { readHistory } from '../../lib/node/store/history.ts';
import type { NightComparison, NightRun, TrendOfSeries } from './night.ts';
import type { NightFolders } from './night-folders.ts';
import { type CommandOptions, runCommand } from './run-command.ts';

export interface LookBackOptions extends CommandOptions {
  readonly folders: NightFolders;
}

/** Holds the steady runs of a folder of the night against the history before it. */
export async function compareSteady(
  steady: string,
  written: string,
  options: LookBackOptions,
): Promise<NightComparison> {
  const { out, before } = options.folders;
  const { entries } = await readHistory(before);
  // Compare would take a folder without a history for one of reports.
  if (entries.length === 0) return { notMade: 'the history was empty before this night' };
  const places = ['--history', before, '--out', path.join(out, written)];
  const args = [path.join(out, steady), ...places, '--format', 'html,md,junit,json', '--json'];
  return (await jsonOf('compare', args, options)) as Comparison;
}

/** The trends of `history` in which one of `runs` is the newest. */
export async function trendsOf(
  history: string,
  runs: readonly NightRun[],
  extra: readonly string[],
  options: LookBackOptions,
): Promise<readonly TrendOfSeries[]> {
  const args = ['--history', history, '--json', ...extra];
  const trends = (await jsonOf('trend', args, options)) as readonly TrendOfSeries[];
  const ids = new Set(runs.map(({ report }) => report?.run));
  return trends.filter(({ newestRun }) => ids.has(newestRun));
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
    `npm run ${command} ended with exit code ${exitCode}: see what it said above, or run it alone: npm run ${command} -- ${args.join(' ')}`,
    exitCode === null ? EXIT.environment : exitCode,
  );
}
