import { Command, InvalidArgumentError, Option } from 'commander';
import type { Env } from '../../core/config/env.ts';
import { number, whole } from '../cli/number-flags.ts';
import { addSweepFlags, parseSweepCommand, type SweepFlags } from './sweep-flags.ts';

/** What the command line of a batch sweep says; null where it says nothing. */
export interface BatchFlags extends SweepFlags {
  readonly sizes: readonly number[];
  readonly windowsSeconds: readonly number[];
  readonly sloLagP95Ms: number | null;
  readonly maximumConcurrency: number | null;
  /** Also measure with a message that never succeeds. */
  readonly poison: boolean;
  /** Also measure with hardly any orders. */
  readonly quiet: boolean;
  /** UUID of the event-source mapping on AWS. */
  readonly mapping: string | null;
}

const ROUNDS = 3;
const SIZES = [1, 10, 25, 100];
const WINDOWS = [0, 1, 5];
const MOST_MESSAGES = 10_000;
const LONGEST_WINDOW = 300;

const HELP = `
All other options are passed to each load run of the scenario batch, such as --target, --allow-host, --rate,
--duration, --deployment, --lens, --region, --label, --json (npm run load -- --help). On AWS, --function names
the function that writes the orders and --mapping its event-source mapping; the stack's outputs have both.
Without --target and --lens aws, the embedded order API is started.

Unless told otherwise, a run sends orders for 10 s, or for four times the longest window if that is more, after a
warm-up of 2 s. After a load with a window, the last batch waits up to 20 s for more messages. So the sweep without
options takes about 24 minutes: 8 cells in 3 rounds, then one run for each window with an order every 5 s, and one for
each batch size with one message that never succeeds. The plan says how long it takes before it starts.

Examples:
  npm run tune:batch -- --slo-lag-p95 2000
  npm run tune:batch -- --sizes 1,25 --windows 0,1 --no-poison --no-quiet      (about 3 minutes)
  npm run tune:batch -- --lens aws --function write-orders --mapping UUID --target https://… --allow-host …
  npm run tune -- --restore      (puts back what a killed sweep has changed)

Exit codes: 0 a cell was chosen, or the best ones cannot be told apart; 1 no cell keeps the limit of the lag;
2 usage or config error; 3 no conclusion; 4 platform unreachable or environment failure; 130/143 interrupted
(settings are put back, and --resume goes on).`;

/**
 * Reads the command line of `npm run tune:batch`. Help is printed by commander.
 *
 * @throws UserError (exit 2) in one line.
 */
export async function parseBatchFlags(argv: readonly string[], env: Env): Promise<BatchFlags> {
  const { command, flags } = await parseSweepCommand('batch', createCommand, argv, env);
  const given = command.opts<{
    sizes: readonly number[];
    windows: readonly number[];
    sloLagP95?: number;
    maxConcurrency?: number;
    poison: boolean;
    quiet: boolean;
    mapping?: string;
  }>();
  return {
    ...flags,
    sizes: given.sizes,
    windowsSeconds: given.windows,
    sloLagP95Ms: given.sloLagP95 ?? null,
    maximumConcurrency: given.maxConcurrency ?? null,
    poison: given.poison,
    quiet: given.quiet,
    mapping: given.mapping ?? null,
  };
}

function createCommand(): Command {
  const command = new Command('npm run tune:batch --')
    .description(
      'Measures an order API that stores orders through a queue, with several batch sizes and windows, and names the best. The settings are put back at the end.',
    )
    .addOption(
      new Option(
        '--sizes <counts>',
        'batch sizes in messages, separated by commas; more than 10 need a window',
      )
        .argParser(wholes(1, MOST_MESSAGES))
        .default(SIZES, SIZES.join(',')),
    )
    .addOption(
      new Option('--windows <seconds>', 'batch windows in seconds, separated by commas')
        .argParser(wholes(0, LONGEST_WINDOW))
        .default(WINDOWS, WINDOWS.join(',')),
    )
    .option(
      '--slo-lag-p95 <ms>',
      'choose the cheapest cell that keeps p95 of the lag from acceptance to storage within this',
      number(1, 3_600_000),
    )
    .option(
      '--max-concurrency <count>',
      'most batches at once, for every cell (default: as it is)',
      whole(2, 1000),
    )
    .option('--no-poison', 'do not send a message that never succeeds')
    .option('--no-quiet', 'do not measure with hardly any orders')
    .option('--mapping <uuid>', 'event-source mapping to change, on AWS')
    .addHelpText('after', HELP);
  return addSweepFlags(command, ROUNDS);
}

function wholes(min: number, max: number): (text: string) => readonly number[] {
  return (text) => {
    const values = text.split(',').map((value) => Number(value.trim() || Number.NaN));
    if (values.every((value) => Number.isInteger(value) && value >= min && value <= max)) {
      return [...new Set(values)].sort((a, b) => a - b);
    }
    throw new InvalidArgumentError(
      `It must be whole numbers from ${min} to ${max}, separated by commas.`,
    );
  };
}
