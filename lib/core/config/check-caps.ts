import type { DeclaredLoad } from '../load/declared-load.ts';
import type { LoadPlan } from '../load/load-plan.ts';
import { peakRate, totalOrders } from '../load/stages.ts';
import { UserError } from './user-error.ts';

/** Limits of one run; without a word from the user these. Loopback is nobody's bill. */
export interface LoadCaps {
  readonly maxRatePerSecond: number;
  readonly maxRequests: number;
}

export const DEFAULT_CAPS: LoadCaps = { maxRatePerSecond: 1000, maxRequests: 1_000_000 };
export const LOOPBACK_CAPS: LoadCaps = { maxRatePerSecond: 20_000, maxRequests: 50_000_000 };

/** The user's caps where given, else the defaults for the kind of target. */
export function capsFor(
  config: { readonly maxRatePerSecond: number | null; readonly maxRequests: number | null },
  loopback: boolean,
): LoadCaps {
  const defaults = loopback ? LOOPBACK_CAPS : DEFAULT_CAPS;
  return {
    maxRatePerSecond: config.maxRatePerSecond ?? defaults.maxRatePerSecond,
    maxRequests: config.maxRequests ?? defaults.maxRequests,
  };
}

/** Refuses a plan that would send more than the caps, warm-up included. */
export function checkCaps(plan: Pick<LoadPlan, 'stages' | 'warmup'>, caps: LoadCaps): void {
  const stages = plan.warmup ? [plan.warmup, ...plan.stages] : plan.stages;
  refuseAboveCaps(peakRate(stages), totalOrders(stages), caps);
}

/** Refuses a script that declares more than the caps, which a scenario file of the user's own may do. */
export function checkDeclaredLoad(declared: DeclaredLoad, caps: LoadCaps): void {
  refuseAboveCaps(declared.peakPerSecond, declared.iterations, caps);
}

function refuseAboveCaps(peakPerSecond: number, orders: number, caps: LoadCaps): void {
  if (!(peakPerSecond <= caps.maxRatePerSecond)) {
    throw new UserError(
      'E_CAP_RATE',
      `The peak of ${peakPerSecond} orders/s is above the cap of ${caps.maxRatePerSecond}; lower --rate or lift the cap with --max-rate ${Math.ceil(peakPerSecond)}.`,
    );
  }
  const total = Math.ceil(orders);
  if (!(total <= caps.maxRequests)) {
    throw new UserError(
      'E_CAP_REQUESTS',
      `The run of ${total} orders is above the cap of ${caps.maxRequests}; lower --rate or --duration, or lift the cap with --max-requests ${total}.`,
    );
  }
}
