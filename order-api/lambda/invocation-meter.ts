import { type Bill, type BilledUse, billedMs, billOf, type PricedSettings } from './billing.ts';
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
  /** Of the environment; the function may have others by now. */
  readonly settings: FunctionSettings;
}

/** Bills the invocations of one function, and reports each of them. */
export interface InvocationMeter {
  finished(invocation: FinishedInvocation): void;
  /** Cost of all invocations so far, and of the environments that were kept provisioned. */
  bill(): Bill;
  /** What the price depends on, now. */
  settings(): PricedSettings;
  /** The function has these settings from now on. */
  change(settings: FunctionSettings): void;
}

export interface InvocationMeterOptions {
  readonly functionName: string;
  /** At first. */
  readonly settings: FunctionSettings;
  readonly machine: Machine;
  readonly onInvocation: InvocationListener | undefined;
}

type Use = { -readonly [K in keyof BilledUse]: BilledUse[K] };

export function createInvocationMeter(options: InvocationMeterOptions): InvocationMeter {
  const { functionName, machine, onInvocation } = options;
  const { nowMs, epochMs = Date.now } = machine;
  /** What was used with each memory and architecture, which decide the price. */
  const uses = new Map<string, Use>();
  let { settings } = options;
  let heldSinceMs = nowMs();

  function useOf(used: FunctionSettings): Use {
    const { memoryMb, architecture } = pricedSettings(used);
    const key = `${memoryMb} ${architecture}`;
    const use = uses.get(key) ?? {
      invocations: 0,
      onDemandMs: 0,
      provisionedMs: 0,
      provisionedHeldMs: 0,
      memoryMb,
      architecture,
    };
    uses.set(key, use);
    return use;
  }

  function addHeldTime(): void {
    const now = nowMs();
    const { provisionedConcurrency = 0 } = settings;
    useOf(settings).provisionedHeldMs += provisionedConcurrency * (now - heldSinceMs);
    heldSinceMs = now;
  }

  return {
    finished({ environment, settings: used, initMs, durationMs, ...ended }) {
      const { id: environmentId, initializationType } = environment;
      const billed = billedMs(durationMs, initMs);
      const use = useOf(used);
      use.invocations += 1;
      if (initializationType === 'on-demand') use.onDemandMs += billed;
      else use.provisionedMs += billed;
      onInvocation?.({
        ...ended,
        functionName,
        environmentId,
        initializationType,
        endedAtMs: epochMs(),
        durationMs,
        billedMs: billed,
        initMs,
        memorySizeMb: used.duration.memoryMb,
      });
    },
    bill() {
      addHeldTime();
      return [...uses.values()].map(billOf).reduce((sum, bill) => ({
        billedMs: sum.billedMs + bill.billedMs,
        gbSeconds: sum.gbSeconds + bill.gbSeconds,
        usd: sum.usd + bill.usd,
        pricesDate: bill.pricesDate,
      }));
    },
    settings: () => pricedSettings(settings),
    change(changed) {
      addHeldTime();
      settings = changed;
    },
  };
}

function pricedSettings({ duration, architecture = 'x86' }: FunctionSettings): PricedSettings {
  return { memoryMb: duration.memoryMb, architecture };
}
