/** CloudWatch guarantees no time; Lambda's metrics and logs usually arrive within two minutes. */
export const SETTLE_MS = 120_000;
