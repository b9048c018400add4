import { Command } from 'commander';
import { type CompareSettings, DEFAULT_SETTINGS } from '../../core/compare/compare-settings.ts';
import { UserError } from '../../core/errors/user-error.ts';
import {
  COMPARISON_FORMATS,
  type ComparisonFormat,
} from '../../core/render/compare/comparison-files.ts';
import { nameList } from '../cli/name-list-flag.ts';
import { number } from '../cli/number-flags.ts';
import { parseCommand } from '../cli/parse-command.ts';

export interface CompareFlags {
  /** One: an ab run, or a candidate for the history. Two: A and B. */
  readonly sides: readonly [string] | readonly [string, string];
  readonly history: string | null;
  readonly formats: readonly ComparisonFormat[];
  readonly out: string;
  readonly json: boolean;
  readonly strict: boolean;
  readonly settings: CompareSettings;
}

interface Options {
  readonly history?: string;
  readonly format?: readonly ComparisonFormat[];
  readonly out: string;
  readonly json?: true;
  readonly strict?: true;
  readonly minEffect: number;
  readonly tolerance: number;
}

/**
 * Reads the command line of `npm run compare`. Help is printed by commander.
 * @throws UserError E_USAGE (exit 2) in one line.
 */
export function parseCompareFlags(argv: readonly string[]): CompareFlags {
  const { minEffect, tolerance } = DEFAULT_SETTINGS;
  const command = new Command('npm run compare --')
    .description(
      'Tells you whether B is worse than A: regress, improve, no-change, or why it cannot tell.',
    )
    .argument(
      '<runs...>',
      'A and B, each a report, a run’s folder or a folder of repeated runs; or one ab run; or B alone with --history',
    )
    .option(
      '--history <dir>',
      'past runs, which show how much runs differ: a history, or a folder of runs',
    )
    .option(
      '--format <names>',
      `write one or more of ${COMPARISON_FORMATS.join(', ')}, separated by commas`,
      nameList('format', COMPARISON_FORMATS),
    )
    .option('--out <dir>', 'folder for the files of --format', 'results/comparison')
    .option(
      '--min-effect <percent>',
      'smallest change in a latency that counts',
      number(0, 100, '%'),
      minEffect * 100,
    )
    .option(
      '--tolerance <percent>',
      'no-change if the interval of the change lies within ± this',
      number(0.1, 100, '%'),
      tolerance * 100,
    )
    .option('--strict', 'exit 3 when the verdict is inconclusive or incomparable')
    .option('--json', 'print the comparison as JSON (for another program: npm run -s)')
    .addHelpText(
      'after',
      '\nExit codes: 0 no regression found (see the verdict), 1 regression, 2 usage error or no readable\nreport, 3 inconclusive or incomparable with --strict, 4 cannot write.',
    );
  parseCommand(command, argv);
  const options = command.opts<Options>();
  const [one, two, ...more] = command.args;
  if (more.length > 0) {
    throw new UserError(
      'E_USAGE',
      'give A and B only; put several runs of one side into a folder (see --help)',
    );
  }
  return {
    sides: two === undefined ? [one as string] : [one as string, two],
    history: options.history ?? null,
    formats: options.format ?? [],
    out: options.out,
    json: options.json === true,
    strict: options.strict === true,
    settings: {
      ...DEFAULT_SETTINGS,
      minEffect: options.minEffect / 100,
      tolerance: options.tolerance / 100,
    },
  };
}
