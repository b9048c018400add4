import type { RunConfig } from '../../core/config/run-config.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { powerResult } from '../../core/tune/power/power-result.ts';
import type { PowerResult } from '../../core/tune/schema/power-schema.ts';
import { readBodyRows } from '../../node/config/read-bodies.ts';
import { JOURNAL_FOLDER } from '../../node/store/settings-journal.ts';
import { sayOn } from '../cli/say-on.ts';
import { readRunConfig } from '../run/read-run-config.ts';
import { finishSweep } from './finish-sweep.ts';
import { parsePowerFlags } from './parse-power-flags.ts';
import { performSweep } from './perform-sweep.ts';
import { plannedLoad } from './planned-load.ts';
import { powerPlanLines } from './power-plan-lines.ts';
import { type PowerRequest, readPowerRequest } from './power-request.ts';
import { powerCells, powerSweep } from './power-sweep.ts';
import { readLateReports } from './read-late-reports.ts';
import { restoreOpenJournals } from './restore-settings.ts';
import type { SweepProcess } from './sweep-deps.ts';
import { openSweepPlatform, type SweepPlatform } from './sweep-platform.ts';

const RUN_MS = 4000;
const WARMUP_MS = 2000;
/** A size that stores less is out of the question; a single stray timeout is no reason. */
const LEAST_SUCCESS = 0.99;

/** Does what `npm run tune:power -- <argv>` does. Resolves to the exit code. */
export async function tunePower(argv: readonly string[], deps: SweepProcess): Promise<number> {
  const { env, cwd, stderr, stop } = deps;
  const say = sayOn(stderr);
  const flags = await parsePowerFlags(argv, env);
  const request = await readPowerRequest(flags);
  const runArgs = [...namedByInput(request, flags.runArgs), ...flags.runArgs];
  const config = shortRun(await readRunConfig([flags.scenario, ...runArgs], env, cwd));
  const rows = await readBodyRows(config);
  await restoreOpenJournals({ folder: JOURNAL_FOLDER, say });
  const platform = await openSweepPlatform(config, env);
  try {
    const { control } = platform;
    const { address } = control;
    const functionName = functionToTune(config, request, platform);
    const subject = { functionName, platform, config, request, flags, rows };
    const performed = await performSweep(
      {
        kind: 'power',
        flags,
        config,
        platform,
        changed: { functions: [functionName], mappings: [] },
        plan: (before) => powerPlanLines(subject, before),
        sweep: (at) => powerSweep(subject, at, deps),
      },
      deps,
    );
    if (performed === null) return stop.exitCode();
    const isLoad = request.by === 'load';
    const { rounds: measured, dir, before } = performed;
    const rounds =
      address.platform === 'aws' && isLoad && measured.length > 0
        ? await readLateReports({ rounds: measured, control, functionName, dir, stop, say })
        : measured;
    const power = powerResult(rounds, {
      ...request,
      cells: powerCells(subject, before),
      sloP95Ms: config.sources.sloP95 === undefined ? null : config.slo.p95Ms,
      leastSuccess:
        config.sources.sloSuccess === undefined ? LEAST_SUCCESS : config.slo.successRatio,
      region: address.platform === 'aws' ? address.region : null,
    });
    const load = plannedLoad(config);
    return await finishSweep(
      performed,
      {
        result: { kind: 'power', power, notes: notesOf(request, functionName) },
        subject: {
          function: functionName,
          mapping: null,
          method: request.by,
          target: isLoad ? platform.target : null,
          ratePerSecond: isLoad ? load.ratePerSecond : null,
          durationSeconds: isLoad ? load.seconds : null,
          callsPerRound: isLoad ? null : request.calls,
        },
        address,
        history: config.history,
        json: config.json,
        exitCode: EXIT_OF_OUTCOME[power.choice.outcome],
      },
      deps,
    );
  } finally {
    await platform.close();
  }
}

/** A run of steady is shorter than on its own, because there are many of them. */
function shortRun(config: RunConfig): RunConfig {
  const { sources } = config;
  const isLongByChoice = sources.profile !== undefined || config.arrivals.kind === 'file';
  return {
    ...config,
    durationMs:
      config.scenario === 'steady' && !isLongByChoice
        ? (config.durationMs ?? RUN_MS)
        : config.durationMs,
    warmupMs: sources.warmup === undefined ? WARMUP_MS : config.warmupMs,
  };
}

/** The input of aws-lambda-power-tuning names its function, which is taken on AWS unless a flag names another. */
function namedByInput({ input }: PowerRequest, runArgs: readonly string[]): readonly string[] {
  if (input === null || runArgs.some((arg) => /^--function(=|$)/.test(arg))) return [];
  return [
    '--function',
    input.functionName,
    ...(input.region === null ? [] : ['--region', input.region]),
  ];
}

/** @throws UserError E_USAGE (exit 2) if nothing could be measured. */
function functionToTune(
  { functions, question }: RunConfig,
  { by, input, provisionedConcurrency }: PowerRequest,
  { target, control }: SweepPlatform,
): string {
  if (by === 'load' && target === null) {
    throw new UserError(
      'E_USAGE',
      'which API is to be loaded? Name it with --target, or call the function directly with --by invoke',
    );
  }
  const isLocal = control.address.platform === 'local';
  const [named] = functions;
  const isOfInput = named === input?.functionName;
  if (named !== undefined && !(isLocal && isOfInput)) return named;
  const name = question.traits.usesQueue ? 'enqueue-order' : 'create-order';
  return provisionedConcurrency === null ? name : `${name}:live`;
}

function notesOf({ input }: PowerRequest, functionName: string): readonly string[] {
  if (input === null) return [];
  const isOther = input.functionName !== functionName;
  return [
    ...input.notes,
    ...(isOther
      ? [`${functionName} was measured instead of ${input.functionName} of the input`]
      : []),
  ];
}

const EXIT_OF_OUTCOME = {
  chosen: EXIT.pass,
  keptByNone: EXIT.sloMissed,
  inconclusive: EXIT.invalid,
} as const satisfies Record<PowerResult['choice']['outcome'], number>;
