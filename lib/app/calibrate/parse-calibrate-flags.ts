import { Command } from 'commander';
import { UserError } from '../../core/errors/user-error.ts';
import { whole } from '../cli/number-flags.ts';
import { parseCommand } from '../cli/parse-command.ts';

export interface CalibrateFlags {
  readonly pairs: number;
  readonly scenario: string;
  /** Folder for the runs and their history. */
  readonly dir: string;
  readonly json: boolean;
  /** Everything else: options of each run. */
  readonly runArgs: readonly string[];
}

/**
 * Reads the command line of `npm run calibrate`; unknown options are passed to each run.
 * Help is printed by commander.
 * @throws UserError E_USAGE (exit 2) in one line.
 */
export function parseCalibrateFlags(argv: readonly string[]): CalibrateFlags {
  const command = new Command('npm run calibrate --')
    .description(
      'Runs a scenario in pairs against the same target and reports how much the runs differ.',
    )
    .option('--pairs <count>', 'pairs of runs; a noise floor takes at least four', whole(1, 100), 5)
    .option('--scenario-name <name>', 'scenario to run', 'steady')
    .option('--dir <dir>', 'folder for the runs and their history', 'results/calibration')
    .option('--json', 'print the calibration as JSON (for another program: npm run -s)')
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText(
      'after',
      '\nAll other options are passed to each run, such as --target, --allow-host, --rate (npm run load -- --help).\n\nExit codes: 0 calibrated, 2 usage error, 3 a run was INVALID twice, 4 environment failure, 130/143 interrupted.',
    );
  parseCommand(command, argv);
  const taken = ['--out', '--live'].find((name) =>
    command.args.some((arg) => arg === name || arg.startsWith(`${name}=`)),
  );
  if (taken !== undefined) {
    throw new UserError(
      'E_USAGE',
      `${taken} applies to a single run; choose the folder with --dir (see --help)`,
    );
  }
  const { pairs, scenarioName, dir, json } = command.opts<{
    pairs: number;
    scenarioName: string;
    dir: string;
    json?: true;
  }>();
  return { pairs, scenario: scenarioName, dir, json: json === true, runArgs: command.args };
}
