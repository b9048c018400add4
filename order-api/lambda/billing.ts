import type { Architecture } from '../config/options/function-options.ts';

/**
 * US dollars, before the volume tiers. The on-demand prices are as quoted by secondary sources on that day; the
 * provisioned ones are unverified. Primary source: https://aws.amazon.com/lambda/pricing/.
 */
export const LAMBDA_PRICES = {
  date: '2026-11-23',
  region: 'us-east-1',
  request: 0.2e-6,
  /** Per GB-second. */
  onDemand: { x86: 0.0000166667, arm: 0.0000133334 },
  provisionedHeld: { x86: 0.0000041667, arm: 0.0000033334 },
  provisionedBusy: { x86: 0.0000097222, arm: 0.0000077778 },
} as const;

/**
 * Billed ms of an invocation: INIT and the handler together, rounded up to the next ms. INIT counts since 1 August
 * 2025. A REPORT line has both with two digits, and the billed time is computed from those.
 */
export function billedMs(durationMs: number, initMs: number | null): number {
  return Math.ceil(Math.round((durationMs + (initMs ?? 0)) * 100) / 100);
}

/** Settings of a function that decide what a billed ms costs. */
export interface PricedSettings {
  readonly memoryMb: number;
  readonly architecture: Architecture;
}

export interface BilledUse extends PricedSettings {
  readonly invocations: number;
  /** Billed ms of invocations on demand. */
  readonly onDemandMs: number;
  /** Billed ms of invocations in provisioned environments. */
  readonly provisionedMs: number;
  /** Provisioned environments × ms in which they were kept. */
  readonly provisionedHeldMs: number;
}

export interface Bill {
  readonly billedMs: number;
  /** For the billed ms; the time of keeping provisioned environments is not included. */
  readonly gbSeconds: number;
  readonly usd: number;
  /** ISO date of the price list. */
  readonly pricesDate: string;
}

/** Returns what Lambda charges for the use of one function. A GB has 1,024 MB. */
export function billOf(use: BilledUse): Bill {
  const { architecture } = use;
  const prices = LAMBDA_PRICES;
  const gbSeconds = (ms: number) => (ms / 1000) * (use.memoryMb / 1024);
  return {
    billedMs: use.onDemandMs + use.provisionedMs,
    gbSeconds: gbSeconds(use.onDemandMs + use.provisionedMs),
    usd:
      use.invocations * prices.request +
      gbSeconds(use.onDemandMs) * prices.onDemand[architecture] +
      gbSeconds(use.provisionedMs) * prices.provisionedBusy[architecture] +
      gbSeconds(use.provisionedHeldMs) * prices.provisionedHeld[architecture],
    pricesDate: prices.date,
  };
}
