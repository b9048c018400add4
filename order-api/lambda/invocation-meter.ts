import { type Bill, billedMs, billOf } from './billing.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { InvocationListener, InvocationRecord } from './invocation-record.ts';
import type { Machine } from './machine.ts';
import type { Environment } from './platform-model.ts';

/** A finished invocation, as the runtime saw it. */
export interface FinishedInvocation
  extends Pick<
    InvocationRecord,
    'requestId' | 'initMs' | 'durationMs' | 'maxMemoryUsedMb' | 'status'
  > {
  readonly environment: Environment;
}

/** Bills the invocations of one function, and reports each of them. */
export interface InvocationMeter {
  finished(invocation: FinishedInvocation): void;
  /** Cost of all invocations so far, and of the environments that were kept provisioned. */
  bill(): Bill;
}

export interface InvocationMeterOptions {
  readonly functionName: string;
  readonly settings: FunctionSettings;
  readonly machine: Machine;
  readonly onInvocation: InvocationListener | undefined;
}

export function createInvocationMeter(options: InvocationMeterOptions): InvocationMeter {
  const { functionName, settings, machine, onInvocation } = options;
  const { nowMs, epochMs = Date.now } = machine;
  const { memoryMb } = settings.duration;
  const { provisionedConcurrency = 0, architecture = 'x86' } = settings;
  const startedMs = nowMs();
  let invocations = 0;
  let onDemandMs = 0;
  let provisionedMs = 0;
  return {
    finished({ environment, initMs, durationMs, ...ended }) {
      const { id: environmentId, initializationType } = environment;
      const billed = billedMs(durationMs, initMs);
      invocations += 1;
      if (initializationType === 'on-demand') onDemandMs += billed;
      else provisionedMs += billed;
      onInvocation?.({
        ...ended,
        functionName,
        environmentId,
        initializationType,
        endedAtMs: epochMs(),
        durationMs,
        billedMs: billed,
        initMs,
        memorySizeMb: memoryMb,
      });
    },
    bill: () =>
      billOf({
        invocations,
        onDemandMs,
        provisionedMs,
        provisionedHeldMs: provisionedConcurrency * (nowMs() - startedMs),
        memoryMb,
        architecture,
      }),
  };
}
