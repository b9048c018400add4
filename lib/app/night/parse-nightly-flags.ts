import { Command } from 'commander';
import type { Env } from '../../core/config/env.ts';
import { DEFAULT_HISTORY_DIR } from '../../core/config/resolve-config.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { whole } from '../cli/number-flags.ts';
import { parseCommand } from '../cli/parse-command.ts';

export interface NightlyFlags {
  readonly quick: boolean;
  /** Steady runs. */
  readonly repeats: number;
  readonly history: string;
  /** Null: a new folder in results/nightly. */
  readonly out: string | null;
  readonly json: boolean;
}

const HELP = `
The target, its secrets and its limits come from the environment (BASE_URL, LOAD_ALLOW_HOSTS, …, see
docs/options.md); without a target the embedded order API is loaded.

Exit codes: 0 pass, 1 a service level or the contract was missed, or a regression was confirmed, 2 usage
error, 3 a step was INVALID twice, 4 target unreachable or environment failure, 130/143 interrupted.`;

/**
 * Reads the command line of `npm run nightly`. Help is printed by commander.
 * @throws UserError E_USAGE (exit 2) in one line.
 */
export function parseNightlyFlags(argv: readonly string[], env: Env): NightlyFlags {
  const command = new Command('npm run nightly --')
    .description(
      'Runs smoke, steady several times, spike and a short soak, and compares them with the history.',
    )
    .allowExcessArguments(false)
    .option('--repeats <count>', 'steady runs; several guard against an odd one', whole(1, 20), 3)
    .option(
      '--quick',
      'seconds instead of minutes, to try it out; too short for figures that mean much',
    )
    .option('--history <dir>', 'folder of the history, which the runs are added to')
    .option('--out <dir>', 'new or empty folder for the reports and the summary')
    .option(
      '--json',
      'write the night to stdout as JSON instead of Markdown (for another program: npm run -s)',
    )
    .addHelpText('after', HELP);
  parseCommand(command, argv);
  const given = command.opts<{
    repeats: number;
    quick?: true;
    history?: string;
    out?: string;
    json?: true;
  }>();
  const history = given.history ?? env['LOAD_HISTORY'] ?? DEFAULT_HISTORY_DIR;
  if (history === 'none') {
    throw new UserError(
      'E_USAGE',
      'a night without a history has nothing to compare with; choose a folder with --history',
    );
  }
  return {
    quick: given.quick === true,
    repeats: given.repeats,
    history,
    out: given.out ?? null,
    json: given.json === true,
  };
}
