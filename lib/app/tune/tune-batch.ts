import type { RunConfig } from '../../core/config/run-config.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { batchCells } from '../../core/tune/batch/batch-plan.ts';
import { type BatchRound, batchResult } from '../../core/tune/batch/batch-result.ts';
import type { BatchResult } from '../../core/tune/schema/batch-schema.ts';
import { JOURNAL_FOLDER } from '../../node/store/settings-journal.ts';
import { sayOn } from '../cli/say-on.ts';
import { readRunConfig } from '../run/read-run-config.ts';
import { batchPlanLines } from './batch-plan-lines.ts';
import { batchLoadConfig, batchSweep } from './batch-sweep.ts';
import { finishSweep } from './finish-sweep.ts';
import { QUIET_LOAD } from './measure-batch.ts';
import { type BatchFlags, parseBatchFlags } from './parse-batch-flags.ts';
import { performSweep } from './perform-sweep.ts';
import { plannedLoad } from './planned-load.ts';
import { readLateWriterUse } from './read-late-writer-use.ts';
import { restoreOpenJournals } from './restore-settings.ts';
import type { SweepProcess } from './sweep-deps.ts';
import { openSweepPlatform } from './sweep-platform.ts';

/**
 * The queue of the embedded order API gives up a message after two receives, a minute instead of the ten of the
 * deployment. A batch may gather for 20 s, so messages stay hidden for longer than that.
 */
const SHORT_RETRIES = ['--visibility-seconds', '30', '--max-receive-count', '2'];

/** Does what `npm run tune:batch -- <argv>` does. Resolves to the exit code. */
export async function tuneBatch(argv: readonly string[], deps: SweepProcess): Promise<number> {
  const { env, cwd, stderr, stop } = deps;
  const say = sayOn(stderr);
  const flags = await parseBatchFlags(argv, env);
  const config = batchLoadConfig(await readRunConfig(['batch', ...flags.runArgs], env, cwd), flags);
  const { mappingId, functionName } = writerOf(config, flags);
  await restoreOpenJournals({ folder: JOURNAL_FOLDER, say });
  const isOwnDeployment = config.sources.deployment !== undefined;
  const platform = await openSweepPlatform(config, env, isOwnDeployment ? [] : SHORT_RETRIES);
  try {
    const { control } = platform;
    const { address } = control;
    const { architecture } = await control.readFunction(functionName);
    const subject = { mappingId, functionName, architecture, platform, config, flags };
    const performed = await performSweep(
      {
        kind: 'batch',
        flags,
        config,
        platform,
        changed: { functions: [], mappings: [mappingId] },
        plan: (before) => batchPlanLines(subject, before),
        sweep: ({ dir }) => batchSweep(subject, dir, deps),
      },
      deps,
    );
    if (performed === null) return stop.exitCode();
    const { rounds: measured } = performed;
    const rounds: readonly BatchRound[] =
      address.platform === 'aws' && measured.length > 0
        ? await readLateWriterUse({ rounds: measured, control, functionName, stop, say })
        : measured;
    const batch = batchResult(rounds, {
      cells: batchCells(flags),
      sloLagP95Ms: flags.sloLagP95Ms,
      quietRatePerSecond: flags.quiet ? QUIET_LOAD.ratePerSecond : null,
      architecture,
    });
    const load = plannedLoad(config);
    return await finishSweep(
      performed,
      {
        result: { kind: 'batch', batch, notes: notesOf(flags, address.platform === 'aws') },
        subject: {
          function: functionName,
          mapping: mappingId,
          method: 'load',
          target: platform.target,
          ratePerSecond: load.ratePerSecond,
          durationSeconds: load.seconds,
          callsPerRound: null,
        },
        address,
        history: config.history,
        json: config.json,
        exitCode: EXIT_OF_OUTCOME[batch.choice.outcome],
      },
      deps,
    );
  } finally {
    await platform.close();
  }
}

/** @throws UserError E_USAGE (exit 2) if the options do not say what is to be changed and loaded. */
function writerOf(
  { functions, lens, target }: RunConfig,
  { mapping }: BatchFlags,
): { readonly mappingId: string; readonly functionName: string } {
  const functionName = functions.at(-1);
  if (lens !== 'aws') {
    return { mappingId: mapping ?? 'write-orders', functionName: functionName ?? 'write-orders' };
  }
  if (mapping === null || functionName === undefined) {
    throw new UserError(
      'E_USAGE',
      'name the mapping and the function that writes orders: --mapping UUID --function NAME (outputs of the stack)',
    );
  }
  if (target === null) throw new UserError('E_USAGE', 'which API is to be loaded? Add --target');
  return { mappingId: mapping, functionName };
}

function notesOf({ sizes, windowsSeconds }: BatchFlags, isAws: boolean): readonly string[] {
  return [
    'The cost is that of the queue, of the function that writes and of the table; API Gateway and the function that accepts orders cost the same in every cell.',
    ...(sizes.includes(1) && windowsSeconds.length > 1
      ? ['A batch of one message is full at once, so windows make no difference to it.']
      : []),
    ...(isAws
      ? [
          'Receives and deletes of the queue are not counted on AWS: they are taken to carry a batch each, ten messages at most, and an order to take one write unit.',
        ]
      : []),
  ];
}

const EXIT_OF_OUTCOME = {
  chosen: EXIT.pass,
  keptByNone: EXIT.sloMissed,
  inconclusive: EXIT.invalid,
} as const satisfies Record<BatchResult['choice']['outcome'], number>;
