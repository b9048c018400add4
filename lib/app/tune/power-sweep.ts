import type { RunConfig } from '../../core/config/run-config.ts';
import { UserError } from '../../core/errors/user-error.ts';
import type { FunctionState } from '../../core/lambda/platform-control.ts';
import { orderBodies } from '../../core/order/order-bodies.ts';
import { orderEvent } from '../../core/tune/power/order-event.ts';
import {
  type PowerCell,
  type PowerMeasurement,
  powerMeasurementSchema,
} from '../../core/tune/power/power-cell.ts';
import { powerCellSchema } from '../../core/tune/schema/power-schema.ts';
import type { SettingsBefore } from '../../node/store/settings-journal.ts';
import { measureByInvoke } from './measure-by-invoke.ts';
import { measureByLoad } from './measure-by-load.ts';
import type { PowerFlags } from './parse-power-flags.ts';
import type { SweepJob } from './perform-sweep.ts';
import type { PowerRequest } from './power-request.ts';
import type { SweepProcess } from './sweep-deps.ts';
import { type SweepPlatform, sweepRunConfig } from './sweep-platform.ts';

/** The function of a power sweep, and what is done with it. */
export interface PowerSubject {
  readonly functionName: string;
  readonly platform: SweepPlatform;
  /** Its load runs; in a sweep by direct calls only the orders count. */
  readonly config: RunConfig;
  readonly request: PowerRequest;
  readonly flags: PowerFlags;
  /** Lines of the file of bodies, if the config names one. */
  readonly rows: readonly string[];
}

/** The sizes of a sweep; without --arch, of the processor that the function has. */
export function powerCells(
  { functionName, request, flags }: PowerSubject,
  before: SettingsBefore,
): readonly PowerCell[] {
  const { architecture } = stateOf(before, functionName);
  const architectures = flags.architectures ?? [architecture];
  return architectures.flatMap((one) =>
    request.memoryMb.map((memoryMb) => ({ memoryMb, architecture: one })),
  );
}

/**
 * The cells of a power sweep, and how they are measured.
 *
 * @throws UserError E_USAGE (exit 2) if environments are to be kept provisioned without an alias.
 */
export function powerSweep(
  subject: PowerSubject,
  { before, dir }: { readonly before: SettingsBefore; readonly dir: string },
  deps: SweepProcess,
): ReturnType<SweepJob<PowerCell, PowerMeasurement>['sweep']> {
  const { functionName, platform, request, flags } = subject;
  const { control } = platform;
  const { provisionedConcurrency } = request;
  if (provisionedConcurrency !== null && stateOf(before, functionName).alias === null) {
    throw new UserError(
      'E_USAGE',
      `--provisioned: environments are kept for an alias; name it with --function ${functionName}:ALIAS`,
    );
  }
  const showsProcessor = flags.architectures !== null;
  return {
    cells: powerCells(subject, before),
    cellSchema: powerCellSchema,
    measurementSchema: powerMeasurementSchema,
    keyOf: ({ memoryMb, architecture }) => `${memoryMb}-${architecture}`,
    nameOf: ({ memoryMb, architecture }) =>
      `${memoryMb} MB${showsProcessor ? ` ${architecture}` : ''}`,
    apply: (cell) =>
      control.changeFunction(functionName, {
        ...cell,
        ...(provisionedConcurrency !== null && { provisionedConcurrency }),
      }),
    measure: (cell, at) =>
      request.by === 'load'
        ? measureByLoad(
            { control, functionName, config: sweepRunConfig(subject), dir },
            cell,
            at,
            deps,
          )
        : measureByInvoke(
            { control, functionName, ...request, events: eventsOf(subject, at.round, dir) },
            cell,
            deps.stop,
          ),
    failed: (failure) => ({ reports: [], failedCalls: 0, failure, load: null, problem: null }),
  };
}

/** The events of a round: those that were given, in turn; else new orders, with ids of their own. */
function eventsOf(
  { request, config, rows }: PowerSubject,
  round: number,
  dir: string,
): readonly string[] {
  const { calls, events } = request;
  const first = (round - 1) * calls;
  const indices = Array.from({ length: calls }, (_, index) => first + index);
  if (events !== null) return indices.map((index) => events[index % events.length] as string);
  const { mapping, seed } = config;
  const nowMs = Date.now();
  const run = `${dir.split('/').at(-1)}-${nowMs.toString(36)}`;
  const { write } = orderBodies({ run, seed }, mapping, rows);
  return indices.map((index) =>
    orderEvent({
      method: mapping.createMethod,
      path: mapping.createPath,
      body: write(index, false, nowMs),
      requestId: `${run}-${index}`,
      nowMs,
    }),
  );
}

function stateOf({ functions }: SettingsBefore, functionName: string): FunctionState {
  return functions[functionName] as FunctionState;
}
