import { type Command, Option } from 'commander';
import type { OptionSpec } from '../../core/config/options/option-spec.ts';
import { flagAttribute, OPTION_KEYS, OPTIONS, type OptionKey } from '../../core/config/options.ts';

/** Adds options of the table to a command. Values stay as typed; they are parsed and checked with the config. */
export function addOptions(command: Command, keys: readonly OptionKey[] = OPTION_KEYS): Command {
  for (const key of keys) {
    const spec: OptionSpec = OPTIONS[key];
    const option = new Option(spec.flag, `${spec.description} (default: ${spec.default})`);
    if (spec.repeatable) {
      option.argParser((value, earlier: readonly string[] | undefined) => [
        ...(earlier ?? []),
        value,
      ]);
    }
    command.addOption(option);
  }
  return command;
}

/** The options on the command line, without commander's defaults. */
export function typedOptions(command: Command): { readonly [K in OptionKey]?: unknown } {
  const typed: { [K in OptionKey]?: unknown } = {};
  for (const key of OPTION_KEYS) {
    const attribute = flagAttribute(key);
    if (command.getOptionValueSource(attribute) === 'cli') {
      typed[key] = command.getOptionValue(attribute);
    }
  }
  return typed;
}
