import { ACCESS_OPTIONS } from '../config/options/access-options.ts';
import { GUARD_OPTIONS } from '../config/options/guard-options.ts';
import { REQUEST_OPTIONS } from '../config/options/request-options.ts';
import { flagName, OPTION_KEYS, OPTIONS, type OptionKey } from '../config/options.ts';
import { shellWord } from '../text/shell-word.ts';
import type { Report } from './schema/report-schema.ts';

type Value = string | true | null | readonly string[];

/**
 * Options with another value, by key: true for a flag without a value; null leaves an option out; a list repeats it, in
 * the place of all that were given.
 */
export type OptionChanges = { readonly [K in OptionKey]?: Value };

type Given = readonly [flag: string, value: string | null];

/** Options that say where the target is and how requests get into it, whatever the load. */
const TARGET_KEYS = new Set<string>([
  'target',
  ...Object.keys(REQUEST_OPTIONS),
  ...Object.keys(ACCESS_OPTIONS),
  ...Object.keys(GUARD_OPTIONS),
  ...(['store', 'deployment', 'http1', 'configFile'] satisfies OptionKey[]),
]);

/** The command that makes the same run with some options changed, to be pasted into a shell; null for an older report. */
export function runCommand(
  { run }: Pick<Report, 'run'>,
  changes: OptionChanges = {},
): string | null {
  if (run.command === undefined) return null;
  const { scenario, given } = parseCommand(run.command);
  return commandText(scenario, changed(given, changes));
}

/** The command that runs another scenario against the same target; null for an older report. */
export function otherCommand(
  { run }: Pick<Report, 'run'>,
  scenario: string,
  changes: OptionChanges = {},
): string | null {
  if (run.command === undefined) return null;
  const kept = parseCommand(run.command).given.filter(([flag]) =>
    TARGET_KEYS.has(keyOf(flag) ?? ''),
  );
  return commandText(scenario, changed(kept, changes));
}

/** The value of an option in the command of a run, empty for a flag without one; null if it was not given. */
export function givenValue({ run }: Pick<Report, 'run'>, key: OptionKey): string | null {
  const { given } = parseCommand(run.command ?? []);
  const option = given.find(([flag]) => flag === flagName(key));
  return option === undefined ? null : (option[1] ?? '');
}

/** `scenario` is null for a user's own scenario, which is named by a flag. */
function parseCommand(args: readonly string[]): {
  readonly scenario: string | null;
  readonly given: readonly Given[];
} {
  const [first = ''] = args;
  const scenario = first.startsWith('--') ? null : first;
  const given: Given[] = [];
  for (let i = scenario === null ? 0 : 1; i < args.length; i++) {
    const flag = args[i] as string;
    const value = takesValue(flag) ? (args[++i] ?? '') : null;
    given.push([flag, value]);
  }
  return { scenario, given };
}

/** The command of a load with these options alone. */
export function commandOf(scenario: string, options: OptionChanges): string {
  return commandText(scenario, changed([], options));
}

/** Changed options stay in their place; new ones and lists come last. */
function changed(given: readonly Given[], changes: OptionChanges): Given[] {
  const entries = Object.entries(changes) as [OptionKey, Value][];
  const byFlag = new Map(entries.map(([key, value]) => [flagName(key), value]));
  const isReplaced = (value: Value | undefined) => value === null || typeof value === 'object';
  const kept = given.filter(([flag]) => !isReplaced(byFlag.get(flag)));
  const added = [...byFlag].filter(([flag]) => !kept.some(([other]) => other === flag));
  return [
    ...kept.map(([flag, value]): Given => [flag, textOf(byFlag.get(flag)) ?? value]),
    ...added.flatMap(([flag, value]) => givenAs(flag, value)),
  ];
}

function givenAs(flag: string, value: Value): Given[] {
  if (value === null) return [];
  if (typeof value === 'object') return value.map((item): Given => [flag, item]);
  return [[flag, textOf(value)]];
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function commandText(scenario: string | null, given: readonly Given[]): string {
  const words = given.flatMap(([flag, value]) => (value === null ? [flag] : [flag, value]));
  const command = scenario === null ? 'npm run load' : `npm run load:${scenario}`;
  return [command, ...(words.length > 0 ? ['--'] : []), ...words.map(shellWord)].join(' ');
}

function keyOf(flag: string): OptionKey | undefined {
  return OPTION_KEYS.find((key) => flagName(key) === flag);
}

function takesValue(flag: string): boolean {
  const key = keyOf(flag);
  return key !== undefined && OPTIONS[key].flag.includes(' ');
}
