import type { PlatformControl } from '../../core/lambda/platform-control.ts';
import {
  directCallsMeasurement,
  type TimedInvocation,
} from '../../core/tune/power/direct-calls.ts';
import type { PowerCell, PowerMeasurement } from '../../core/tune/power/power-cell.ts';
import { roundFigures } from '../../core/tune/power/round-figures.ts';
import type { StopSignals } from '../cli/stop-signals.ts';
import type { CellResult } from './run-sweep.ts';

export interface InvokedFunction {
  readonly control: PlatformControl;
  readonly functionName: string;
  /** The events of the calls as JSON. */
  readonly events: readonly string[];
  /** All at once instead of one after the other. */
  readonly isParallel: boolean;
  /** Time between two calls that follow each other. */
  readonly pauseMs: number;
}

/** Measures a size by direct calls of the function, past any gateway. A signal ends it between two calls. */
export async function measureByInvoke(
  { control, functionName, events, isParallel, pauseMs }: InvokedFunction,
  cell: PowerCell,
  stop: StopSignals,
): Promise<CellResult<PowerMeasurement>> {
  const call = async (event: string): Promise<TimedInvocation> => ({
    ...(await control.invoke(functionName, event)),
    atMs: Date.now(),
  });
  const calls: TimedInvocation[] = [];
  if (isParallel) {
    calls.push(...(await Promise.all(events.map(call))));
  } else {
    for (const event of events) {
      if (stop.first() !== null) break;
      calls.push(await call(event));
      if (pauseMs > 0) await stop.orStop(pause(pauseMs));
    }
  }
  const measurement = directCallsMeasurement(calls);
  return { exitCode: 0, measurement, figures: roundFigures(cell, measurement) };
}

function pause(ms: number): Promise<true> {
  return new Promise((resolve) => setTimeout(() => resolve(true), ms));
}
