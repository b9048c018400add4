import type { Handler } from '../handlers/http-event.ts';
import { cpuMs, type DurationModel, drawCpuMs, remainingMs } from './duration-model.ts';
import type { Machine } from './machine.ts';
import type { RuntimeFaults } from './runtime-faults.ts';

export interface ModelledTimeOptions {
  readonly firstCall: DurationModel;
  readonly laterCalls: DurationModel;
  /** Time in the environment's first call for an INIT that Lambda had to run again. */
  readonly initAgainMs: number;
  readonly machine: Machine;
  readonly faults: RuntimeFaults | undefined;
}

/** Makes each call of one environment take its modelled time. The real call replaces modelled I/O. */
export function withModelledTime<E, R>(
  handler: Handler<E, R>,
  { firstCall, laterCalls, initAgainMs, machine, faults }: ModelledTimeOptions,
): Handler<E, R> {
  const nowMs = faults?.nowMs ?? machine.nowMs;
  const { random } = machine;
  let isFirst = true;
  return async (event, context) => {
    const call = isFirst ? firstCall : laterCalls;
    const initMs = isFirst ? initAgainMs : 0;
    isFirst = false;
    const startedMs = nowMs();
    const result = await handler(event, context);
    const elapsedMs = nowMs() - startedMs;
    const callCpuMs = random === undefined ? cpuMs(call) : drawCpuMs(call, random);
    const factor = faults?.durationFactor() ?? 1;
    const slowed = { ...call, ioMs: call.ioMs * factor };
    await machine.wait(initMs + remainingMs(slowed, elapsedMs, callCpuMs * factor));
    return result;
  };
}
