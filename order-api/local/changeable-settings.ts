import type { Architecture } from '../config/options/function-options.ts';
import type { OrderApiConfig } from '../config/order-api-config.ts';
import { coldStartPreset } from '../lambda/cold-start.ts';
import type { FunctionSettings } from '../lambda/function-settings.ts';
import type { ModelSettings } from '../lambda/platform-model.ts';

/** Settings of a function that may be changed while it runs. */
export interface ChangeableSettings {
  readonly memoryMb: number;
  readonly architecture: Architecture;
  /** Null for none. */
  readonly reservedConcurrency: number | null;
  readonly provisionedConcurrency: number;
}

/** The settings of a function that the config and `settings` describe. */
export function functionSettings(
  config: OrderApiConfig,
  settings: ChangeableSettings,
): FunctionSettings {
  const { workMs, ioMs, timeoutMs } = config;
  const { memoryMb, architecture, provisionedConcurrency } = settings;
  const { firstCall } = coldStartPreset(config.runtime, architecture, config.bundle);
  return {
    duration: { workMs, ioMs, memoryMb },
    firstCall: {
      workMs: config.firstWorkMs ?? firstCall?.workMs ?? workMs,
      ioMs: config.firstIoMs ?? firstCall?.ioMs ?? ioMs,
    },
    timeoutMs,
    architecture,
    provisionedConcurrency,
  };
}

/** Those of its scheduler. */
export function modelSettings(config: OrderApiConfig, settings: ChangeableSettings): ModelSettings {
  const { architecture, reservedConcurrency, provisionedConcurrency } = settings;
  const preset = coldStartPreset(config.runtime, architecture, config.bundle);
  return {
    reservedConcurrency,
    provisionedConcurrency,
    initMedianMs: config.initMs ?? preset.initMs,
    initSigma: config.initSigma ?? preset.initSigma,
  };
}
