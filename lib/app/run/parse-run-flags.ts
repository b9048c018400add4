import { Command } from 'commander';
import type { OptionKey } from '../../core/config/options.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { addOptions, typedOptions } from '../../node/config/command-options.ts';
import { QUESTION_NAMES } from '../../questions/registry.ts';
import { parseCommand } from '../cli/parse-command.ts';

export interface RunFlags {
  readonly scenario: string;
  /** The flags that were given, by option key. */
  readonly flags: { readonly [K in OptionKey]?: unknown };
}

const EXIT_CODES = `
Exit codes: 0 pass, 1 SLO missed, 2 usage or config error, 3 no conclusion (INVALID),
4 target unreachable or environment failure, 130/143 interrupted (what was measured is reported).`;

/**
 * Reads the command line of `npm run load`. Help is printed by commander.
 *
 * @throws UserError E_USAGE for an unknown flag or scenario, in one line.
 */
export function parseRunFlags(argv: readonly string[]): RunFlags {
  const command = new Command('npm run load --')
    .description('Loads an order API with one scenario and writes a report.')
    .argument('[scenario]', `${QUESTION_NAMES.join(', ')}; or --scenario FILE`)
    .allowExcessArguments(false)
    .addHelpText('after', EXIT_CODES);
  addOptions(command);
  parseCommand(command, argv);
  const flags = typedOptions(command);
  return { scenario: scenarioName(command.args[0], flags), flags };
}

function scenarioName(argument: string | undefined, flags: RunFlags['flags']): string {
  if (flags.scenarioFile !== undefined) {
    if (argument === undefined) return '';
    throw new UserError(
      'E_USAGE',
      `give either the scenario "${argument}" or --scenario, not both`,
    );
  }
  if (argument === undefined) {
    throw new UserError(
      'E_USAGE',
      `which scenario? One of ${QUESTION_NAMES.join(', ')}, or --scenario FILE (see --help)`,
    );
  }
  if (QUESTION_NAMES.includes(argument)) return argument;
  throw new UserError(
    'E_USAGE',
    `there is no scenario "${argument}"; expected ${QUESTION_NAMES.join(', ')}, or --scenario FILE for one of your own`,
  );
}
