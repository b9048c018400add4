import type { Command } from 'commander';
import type { Env } from '../../core/config/env.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { whole } from '../cli/number-flags.ts';
import { parseCommand } from '../cli/parse-command.ts';
import { refuseFlagsTakenByNpm } from '../cli/refuse-flags-taken-by-npm.ts';
import { readSweepRecord, type SweepRecord } from './sweep-record.ts';

/** What the commands of all sweeps take. */
export interface SweepFlags {
  readonly rounds: number;
  /** Do not ask before settings on AWS are changed. */
  readonly yes: boolean;
  /** Options of each load run. */
  readonly runArgs: readonly string[];
  /** The command's own options that were given, as arguments; without those that only concern this session. */
  readonly own: readonly string[];
  /** The sweep to go on with, and its folder; null for a new one. */
  readonly resumed: { readonly dir: string; readonly record: SweepRecord } | null;
}

const SESSION_FLAGS = ['--yes', '--resume'];
/** Options of a single run that have no place in a sweep. */
const SINGLE_RUN_FLAGS = ['--out', '--live', '--learn', '--refine', '--target-b', '--deployment-b'];
const WITH_RESUME = ['--resume', '--rounds', '--yes', '--json'];

/** Adds what all sweeps take to a command, which passes every other option to its load runs. */
export function addSweepFlags(command: Command, defaultRounds: number): Command {
  return command
    .option('--rounds <count>', 'rounds, each of every cell once', whole(1, 100), defaultRounds)
    .option('--yes', 'do not ask before settings on AWS are changed')
    .option('--resume <dir>', 'go on with the sweep in this folder; more --rounds may be given')
    .allowUnknownOption()
    .allowExcessArguments();
}

/**
 * Reads the command line of a sweep. With `--resume`, the options of the sweep that was interrupted are taken.
 *
 * @param create makes the command, with the flags of `addSweepFlags`
 * @throws UserError (exit 2) in one line.
 */
export async function parseSweepCommand(
  kind: SweepRecord['kind'],
  create: () => Command,
  argv: readonly string[],
  env: Env,
): Promise<{ readonly command: Command; readonly flags: SweepFlags }> {
  const names = create().options.map(({ long }) => (long ?? '').slice(2));
  refuseFlagsTakenByNpm(names, argv, env);
  const typed = parseCommand(create(), argv);
  const { resume } = typed.opts<{ resume?: string }>();
  if (resume === undefined) return { command: typed, flags: flagsOf(typed, null) };
  const record = await readSweepRecord(resume, kind);
  const command = parseCommand(create(), [...resumedArguments(record, argv), ...argv]);
  return { command, flags: flagsOf(command, { dir: resume, record }) };
}

function flagsOf(command: Command, resumed: SweepFlags['resumed']): SweepFlags {
  const runArgs = command.args;
  const single = SINGLE_RUN_FLAGS.find((name) => runArgs.some((arg) => flagOf(arg) === name));
  if (single !== undefined) {
    throw new UserError('E_USAGE', `${single} has no place in a sweep (see --help)`);
  }
  const { rounds, yes } = command.opts<{ rounds: number; yes?: true }>();
  return { rounds, yes: yes === true, runArgs, own: givenArguments(command), resumed };
}

/** The options that a command was given, as arguments again. */
function givenArguments(command: Command): readonly string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    const flag = option.long ?? '';
    if (command.getOptionValueSource(name) !== 'cli' || SESSION_FLAGS.includes(flag)) return [];
    const value: unknown = command.getOptionValue(name);
    if (typeof value === 'boolean') return [flag];
    return [flag, Array.isArray(value) ? value.join(',') : String(value)];
  });
}

/** The arguments of the interrupted sweep; what was hidden as a secret must be given again. */
function resumedArguments({ command }: SweepRecord, argv: readonly string[]): readonly string[] {
  const given = new Set(argv.map(flagOf));
  const kept: string[] = [];
  const hidden = new Set<string>();
  for (let index = 0; index < command.length; index += 1) {
    const arg = command[index] as string;
    const value = command[index + 1];
    if (value?.endsWith('***')) {
      hidden.add(arg);
      index += 1;
    } else {
      kept.push(arg);
    }
  }
  const missing = [...hidden].find((flag) => !given.has(flag));
  if (missing !== undefined) {
    throw new UserError('E_USAGE', `--resume: give ${missing} again, which was not stored`);
  }
  const other = [...given].find(
    (flag) => flag.startsWith('--') && !WITH_RESUME.includes(flag) && !hidden.has(flag),
  );
  if (other === undefined) return kept;
  throw new UserError(
    'E_USAGE',
    `${other} cannot be given with --resume, which goes on as the sweep was asked; only ${WITH_RESUME.slice(1).join(', ')} can`,
  );
}

function flagOf(arg: string): string {
  return arg.split('=')[0] as string;
}
