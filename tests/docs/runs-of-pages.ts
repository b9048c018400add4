import { durationSeconds } from '../../lib/core/load/stages.ts';
import { parseNpmCall, planOf } from './check-command.ts';
import type { PageCommand } from './page-commands.ts';
import { type PlacedCommand, readCommands } from './pages.ts';

/** Commands that end in seconds and load nothing. */
const OFFLINE = ['compare', 'trend', 'results', 'report', 'init', 'doctor'];
const LONGEST_LOAD_SECONDS = 45;
const SHORT_LOAD_SECONDS = 15;

/**
 * How the tests treat a command: `run` as it stands, `read` by the suite's own parser, `set` where it only prepares the
 * shell, `marked` where the page says why it is not run; null where nobody looks.
 */
export type Treatment = 'run' | 'read' | 'set' | 'marked' | null;

export async function treatmentOf({ command, output, notRun }: PageCommand): Promise<Treatment> {
  if (notRun !== null) return 'marked';
  if (/^(cd \S+|export .*|\w+=\S*)$/.test(command)) return 'set';
  if (/^jq /.test(command)) return 'run';
  const call = parseNpmCall(command);
  if (call === null) return null;
  if (OFFLINE.includes(call.script)) return 'run';
  if (output === null || output.startsWith('error [')) return 'read';
  if (call.script === 'order-api') return 'run';
  if (!/^load\b/.test(call.script)) return null;
  const plan = await planOf(call).catch(() => null);
  // Nothing but this machine is loaded, whatever a page shows.
  if (plan === null || [plan.target, plan.targetB].some((target) => target?.startsWith('http'))) {
    return null;
  }
  return durationSeconds(plan.stages) <= LONGEST_LOAD_SECONDS ? 'run' : null;
}

/** The commands that are run, long loads apart from all others. */
export async function readRunCommands({
  long,
}: {
  readonly long: boolean;
}): Promise<readonly PlacedCommand[]> {
  const chosen: PlacedCommand[] = [];
  for (const placed of await readCommands()) {
    if ((await treatmentOf(placed)) === 'run' && (await isLongLoad(placed)) === long) {
      chosen.push(placed);
    }
  }
  return chosen;
}

async function isLongLoad({ command }: PageCommand): Promise<boolean> {
  const call = parseNpmCall(command);
  if (call === null || !/^load\b/.test(call.script)) return false;
  return durationSeconds((await planOf(call)).stages) > SHORT_LOAD_SECONDS;
}
