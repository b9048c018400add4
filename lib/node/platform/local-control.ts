import type { PlatformControl, PlatformSettings } from './platform-control.ts';

export interface LocalControlOptions {
  /** Flags of `npm run order-api` that stay as they are. */
  readonly args: readonly string[];
  /** Starts the order API anew with these flags, ending the one before, and gives its base URL. */
  readonly restart: (args: readonly string[]) => Promise<string>;
}

/**
 * The local order API takes its settings when it starts, so that each change starts it anew: its counters
 * begin at zero, its environments are cold, and what it stored is gone.
 */
export function createLocalControl({ args, restart }: LocalControlOptions): PlatformControl {
  let applied: PlatformSettings = {};
  return {
    async apply(settings) {
      applied = { ...applied, ...settings };
      return restart([...args, ...targetFlags(applied)]);
    },
  };
}

/** Flags of `npm run order-api`, which win over those of a deployment. */
function targetFlags(settings: PlatformSettings): string[] {
  const { memoryMb, reservedConcurrency, provisionedConcurrency } = settings;
  const { batchSize, batchWindowSeconds, maxConcurrency } = settings;
  const flags: [string, number | null | undefined][] = [
    ['memory', memoryMb],
    ['reserved-concurrency', reservedConcurrency],
    ['provisioned', provisionedConcurrency],
    ['batch-size', batchSize],
    ['batch-window-seconds', batchWindowSeconds],
    ['max-concurrency', maxConcurrency],
  ];
  return flags.flatMap(([name, value]) => (value == null ? [] : [`--${name}=${value}`]));
}
