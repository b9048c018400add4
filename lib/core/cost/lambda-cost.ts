import type { Architecture } from '../lambda/platform-control.ts';
import { PRICE_LIST, type PriceList } from './price-list.ts';

export interface LambdaUse {
  readonly invocations: number;
  /** Billed time × memory of the invocations on demand, INIT included. A GB has 1,024 MB. */
  readonly gbSeconds: number;
  readonly architecture: Architecture;
  /** Provisioned environments; left out if there are none. */
  readonly provisioned?: {
    /** Environments × time in which they were kept × memory. */
    readonly keptGbSeconds: number;
    /** Billed time × memory of the invocations that ran in them, which are not in `gbSeconds`. */
    readonly busyGbSeconds: number;
  };
}

/**
 * What Lambda charges in US dollars for the use of a function, before free tier and volume discounts: requests, and
 * billed memory-time at the price of the processor. Source: https://aws.amazon.com/lambda/pricing/.
 */
export function lambdaCostUsd(use: LambdaUse, prices: PriceList = PRICE_LIST): number {
  const { architecture, provisioned } = use;
  const kept = provisioned?.keptGbSeconds ?? 0;
  const busy = provisioned?.busyGbSeconds ?? 0;
  return (
    use.invocations * prices.lambdaRequest +
    use.gbSeconds * prices.lambdaGbSecond[architecture] +
    kept * prices.lambdaProvisionedGbSecond[architecture] +
    busy * prices.lambdaProvisionedBusyGbSecond[architecture]
  );
}
