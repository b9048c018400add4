import { createTokenBucket } from './token-bucket.ts';

/** On-demand concurrency that a function may use: its own, or the concurrency that no function reserved. */
export interface ConcurrencyPool {
  reserved(): boolean;
  tryTake(): boolean;
  giveBack(): void;
  /** Claims anew; environments that are busy stay so, and count against the new claim. */
  claim(reserved: number | null, provisioned: number): void;
}

/** The limits that the functions of one account share in a region. */
export interface Account {
  /**
   * Claims a function's reserved concurrency (null for none) and its provisioned concurrency, which is part of the
   * reserved one, or else of the account's. Returns the pool for the function's on-demand environments.
   */
  claim(reserved: number | null, provisioned: number): ConcurrencyPool;
  /** Counts one invocation against the request quota; false if the quota is used up. */
  tryTakeRequest(): boolean;
  requestWaitMs(): number;
  /** Concurrency that no function has claimed. AWS keeps at least 100 of an account unreserved. */
  unclaimedConcurrency(): number;
}

export interface AccountConfig {
  /** Environments that may be busy at once. */
  readonly concurrency: number;
  /** Requests per second and unit of concurrency, or null for no quota. */
  readonly requestRateFactor: number | null;
}

/**
 * "10 times your account concurrency" in requests per second:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html. That the bucket holds one second's worth is an
 * assumption: the documentation does not mention it.
 */
export const REQUEST_RATE_FACTOR = 10;

export function createAccount(config: AccountConfig, nowMs: () => number): Account {
  const { concurrency, requestRateFactor } = config;
  const perSecond = concurrency * (requestRateFactor ?? 0);
  const requests =
    requestRateFactor === null
      ? null
      : createTokenBucket({ capacity: perSecond, ratePerSecond: perSecond }, nowMs);
  let unclaimed = concurrency;
  let unreservedBusy = 0;

  function createPool(): ConcurrencyPool {
    let claimed = 0;
    /** Most busy environments, or null while the function shares what is unreserved. */
    let size: number | null = null;
    let busy = 0;
    const shareBusy = (change: number) => {
      busy += change;
      if (size === null) unreservedBusy += change;
    };
    return {
      reserved: () => size !== null,
      tryTake() {
        if (size === null ? unreservedBusy >= unclaimed : busy >= size) return false;
        shareBusy(1);
        return true;
      },
      giveBack: () => shareBusy(-1),
      claim(reserved, provisioned) {
        if (size === null) unreservedBusy -= busy;
        unclaimed += claimed;
        claimed = Math.min(reserved ?? provisioned, Math.max(0, unclaimed));
        unclaimed -= claimed;
        size = reserved === null ? null : Math.max(0, claimed - provisioned);
        if (size === null) unreservedBusy += busy;
      },
    };
  }

  return {
    claim(reserved, provisioned) {
      const pool = createPool();
      pool.claim(reserved, provisioned);
      return pool;
    },
    tryTakeRequest: () => requests?.tryTake() ?? true,
    requestWaitMs: () => requests?.waitMs() ?? 0,
    unclaimedConcurrency: () => unclaimed,
  };
}
