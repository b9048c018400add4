import { UserError } from '../errors/user-error.ts';
import type { DeclaredLoad } from '../load/declared-load.ts';
import type { LoadPlan } from '../load/load-plan.ts';
import { mostResent } from '../load/resends.ts';
import { peakOf, peakRate, totalOrders } from '../load/stages.ts';

/** Limits of one run. */
export interface LoadCaps {
  readonly maxRatePerSecond: number;
  readonly maxRequests: number;
}

export const DEFAULT_CAPS: LoadCaps = { maxRatePerSecond: 1000, maxRequests: 1_000_000 };
export const LOOPBACK_CAPS: LoadCaps = { maxRatePerSecond: 20_000, maxRequests: 50_000_000 };

/** The user's caps if set, else the defaults for the kind of target. */
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

/** Refuses a plan that would exceed the caps, including warm-up and orders sent again. */
export function checkCaps(
  plan: Pick<LoadPlan, 'stages' | 'arrivals' | 'warmup' | 'retryRatio'>,
  caps: LoadCaps,
): void {
  const warmup = plan.warmup ? [plan.warmup] : [];
  const orders = totalOrders(plan.stages);
  refuseAboveCaps(
    Math.max(peakRate(warmup), peakOf(plan) * (1 + plan.retryRatio)),
    totalOrders(warmup) + orders + mostResent(orders, plan.retryRatio),
    caps,
    plan.retryRatio,
  );
}

/** Refuses a script whose declared load exceeds the caps; a user's own scenario may declare any load. */
export function checkDeclaredLoad(
  { peakPerSecond, iterations }: DeclaredLoad,
  caps: LoadCaps,
  { warmup, retryRatio }: Pick<LoadPlan, 'warmup' | 'retryRatio'>,
): void {
  const measured = Math.max(0, iterations - (warmup ? totalOrders([warmup]) : 0));
  refuseAboveCaps(
    peakPerSecond * (1 + retryRatio),
    iterations + mostResent(measured, retryRatio),
    caps,
    retryRatio,
  );
}

function refuseAboveCaps(peak: number, orders: number, caps: LoadCaps, retryRatio: number): void {
  // 1000 × 1.1 is a little more than 1100.
  const peakPerSecond = Number(peak.toFixed(6));
  const again = retryRatio > 0 ? ' (including orders sent again)' : '';
  const lower = retryRatio > 0 ? '--retry-ratio, ' : '';
  if (!(peakPerSecond <= caps.maxRatePerSecond)) {
    throw new UserError(
      'E_CAP_RATE',
      `The peak of ${peakPerSecond} orders/s${again} is above the cap of ${caps.maxRatePerSecond}; lower ${lower}--rate, or raise the cap with --max-rate ${Math.ceil(peakPerSecond)}.`,
    );
  }
  const total = Math.ceil(orders);
  if (!(total <= caps.maxRequests)) {
    throw new UserError(
      'E_CAP_REQUESTS',
      `The run of ${total} orders${again} is above the cap of ${caps.maxRequests}; lower ${lower}--rate or --duration, or raise the cap with --max-requests ${total}.`,
    );
  }
}
