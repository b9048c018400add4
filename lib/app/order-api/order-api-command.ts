import { Command, InvalidArgumentError, Option } from 'commander';
import type {
  OptionSpec,
  OptionTable,
  OptionValues,
} from '../../../order-api/config/options/option-spec.ts';
import { OPTION_GROUPS } from '../../../order-api/config/options.ts';
import { number, whole } from '../cli/number-flags.ts';

/** The command line of `npm run order-api`. Throws CommanderError on an unknown flag or a bad value. */
export function createOrderApiCommand(): Command {
  const command = new Command('npm run order-api --')
    .description('Starts the order API on loopback and prints `ready URL` when it takes orders.')
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  for (const { title, options } of OPTION_GROUPS) {
    for (const spec of Object.values(options)) {
      command.addOption(toCommanderOption(spec).helpGroup(`${title}:`));
    }
  }
  return command;
}

/** The values of a table's options on a parsed command line, with the defaults of the others. */
export function readValues<T extends OptionTable>(command: Command, table: T): OptionValues<T> {
  return Object.fromEntries(
    Object.entries(table).map(([key, spec]) => [key, command.getOptionValue(attributeOf(spec))]),
  ) as OptionValues<T>;
}

/** Whether the option is on the command line. */
export function isGiven(command: Command, spec: OptionSpec): boolean {
  return command.getOptionValueSource(attributeOf(spec)) === 'cli';
}

function attributeOf({ flag }: OptionSpec): string {
  return new Option(flag).attributeName();
}

function toCommanderOption(spec: OptionSpec): Option {
  const option = new Option(spec.flag, spec.description);
  option.default(spec.default, spec.defaultText);
  if (spec.hidden) option.hideHelp();
  if (spec.conflictsWith !== undefined) option.conflicts(spec.conflictsWith);
  switch (spec.kind) {
    case 'switch':
      return option;
    case 'number':
      return option.argParser(number(spec.min, spec.max, spec.unit));
    case 'whole':
      return option.argParser(whole(spec.min, spec.max, spec.unit));
    case 'choice': {
      const names = spec.choices.map(String);
      option.choices(names);
      return option.argParser((text) => parseChoice(text, spec.choices));
    }
    case 'throttleStatus':
      return option.argParser(parseThrottleStatus);
    case 'file':
      return option.argParser(parseFile);
    case 'url':
      return option.argParser(parseHttpUrl);
    case 'names':
      return option.argParser((text, before: readonly string[] | null) => [
        ...(before ?? []),
        text,
      ]);
  }
}

function parseChoice<C extends string | number>(text: string, choices: readonly C[]): C {
  const choice = choices.find((candidate) => String(candidate) === text);
  if (choice !== undefined) return choice;
  throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
}

function parseFile(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('It must be a file, or - for stdout.');
}

function parseThrottleStatus(text: string): number {
  if (text === '429' || /^5\d\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be 429, or a status from 500 to 599.');
}

function parseHttpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new InvalidArgumentError('It must be a URL like http://127.0.0.1:8000.');
}
