import { Command, InvalidArgumentError, Option } from 'commander';
import type { Env } from '../../core/config/env.ts';
import type { Architecture } from '../../core/lambda/platform-control.ts';
import { nameList } from '../cli/name-list-flag.ts';
import { number, whole } from '../cli/number-flags.ts';
import { addSweepFlags, parseSweepCommand, type SweepFlags } from './sweep-flags.ts';

/** What the command line of a power sweep says; null where it says nothing. */
export interface PowerFlags extends SweepFlags {
  readonly memoryMb: readonly number[] | null;
  readonly architectures: readonly Architecture[] | null;
  readonly strategy: 'cost' | 'speed' | 'balanced' | null;
  readonly balancedWeight: number | null;
  readonly by: 'load' | 'invoke' | null;
  /** Direct calls of a size in a round. */
  readonly calls: number | null;
  readonly isParallel: boolean | null;
  readonly payloadPath: string | null;
  /** A file with the input of aws-lambda-power-tuning. */
  readonly inputPath: string | null;
  readonly provisioned: number | null;
  readonly scenario: string;
}

const LEAST_MB = 128;
const MOST_MB = 10_240;
const ROUNDS = 4;
/** What aws-lambda-power-tuning means by ALL: 128 to 3,008 MB in steps of 64. */
const ALL_MB = Array.from({ length: 46 }, (_, step) => LEAST_MB + 64 * step);

const HELP = `
All other options are passed to each load run, such as --target, --allow-host, --rate, --duration,
--function, --lens, --region, --label, --json (npm run load -- --help). --slo-p95 also sets which size is
chosen: the cheapest one that keeps it. Without --target and --lens aws, the embedded order API is started.
Unless told otherwise, a run of steady lasts 4 s, after a warm-up of 2 s.

Examples:
  npm run tune:power
  npm run tune:power -- --memory 256,512,1024 --slo-p95 50
  npm run tune:power -- --lens aws --function create-order --target https://… --allow-host …
  npm run tune -- --restore      (puts back what a killed sweep has changed)

Exit codes: 0 a size was chosen, or the best ones cannot be told apart; 1 no size keeps the SLO that was
given; 2 usage or config error; 3 no conclusion; 4 platform unreachable or environment failure; 130/143
interrupted (settings are put back, and --resume goes on).`;

/**
 * Reads the command line of `npm run tune:power`. Help is printed by commander.
 *
 * @throws UserError (exit 2) in one line.
 */
export async function parsePowerFlags(argv: readonly string[], env: Env): Promise<PowerFlags> {
  const { command, flags } = await parseSweepCommand('power', createCommand, argv, env);
  const given = command.opts<{
    memory?: readonly number[];
    arch?: readonly Architecture[];
    strategy?: 'cost' | 'speed' | 'balanced';
    balancedWeight?: number;
    by?: 'load' | 'invoke';
    calls?: number;
    parallel?: true;
    payload?: string;
    input?: string;
    provisioned?: number;
    scenarioName: string;
  }>();
  return {
    ...flags,
    memoryMb: given.memory ?? null,
    architectures: given.arch ?? null,
    strategy: given.strategy ?? null,
    balancedWeight: given.balancedWeight ?? null,
    by: given.by ?? null,
    calls: given.calls ?? null,
    isParallel: given.parallel ?? null,
    payloadPath: given.payload ?? null,
    inputPath: given.input ?? null,
    provisioned: given.provisioned ?? null,
    scenario: given.scenarioName,
  };
}

function createCommand(): Command {
  const command = new Command('npm run tune:power --')
    .description(
      'Measures an order API at several memory sizes and names the best one. The settings are put back at the end.',
    )
    .option(
      '--memory <sizes>',
      'memory sizes in MB, separated by commas; all: 128 to 3008 in steps of 64 (default: 128,256,512,1024,1769,3008)',
      memorySizes,
    )
    .addOption(
      new Option(
        '--strategy <name>',
        'what the best size is: the cheapest, the fastest, or a balance of both (default: cost)',
      ).choices(['cost', 'speed', 'balanced']),
    )
    .option(
      '--balanced-weight <share>',
      'weight of cost in the balanced strategy (default: 0.5)',
      number(0, 1),
    )
    .option(
      '--arch <names>',
      "processors: x86, arm or both (default: the function's own)",
      nameList('processor', ['x86', 'arm']),
    )
    .option(
      '--provisioned <count>',
      'environments kept provisioned at every size; --function needs an alias (NAME:ALIAS)',
      whole(1, 1000),
    )
    .addOption(
      new Option(
        '--by <how>',
        'load: orders through the API; invoke: the function called directly (default: load; invoke with --calls, --payload or --input)',
      ).choices(['load', 'invoke']),
    )
    .option('--calls <count>', 'direct calls of a size in a round (default: 50)', whole(1, 100_000))
    .option('--parallel', 'direct calls all at once instead of one after the other')
    .option('--payload <file>', 'JSON event for direct calls (default: new orders)')
    .option('--input <file>', 'input of aws-lambda-power-tuning; flags override it')
    .option('--scenario-name <name>', 'scenario to run', 'steady')
    .addHelpText('after', HELP);
  return addSweepFlags(command, ROUNDS);
}

function memorySizes(text: string): readonly number[] {
  if (text === 'all') return ALL_MB;
  const sizes = text.split(',').map((size) => Number(size.trim() || Number.NaN));
  if (sizes.every((size) => Number.isInteger(size) && size >= LEAST_MB && size <= MOST_MB)) {
    return [...new Set(sizes)].sort((a, b) => a - b);
  }
  throw new InvalidArgumentError(
    `It must be whole numbers from ${LEAST_MB} to ${MOST_MB} MB, separated by commas, or all.`,
  );
}
