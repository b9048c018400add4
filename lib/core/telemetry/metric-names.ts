/**
 * The metrics that the k6 side records and the telemetry receiver reads, by their k6 names (remote
 * write prefixes them with `k6_`, and suffixes counters with `_total`).
 *
 * Durations are recorded as `ms ** 8`: k6's remote write sends native histograms of schema 3 only
 * (buckets 9% wide), and schema 3 of v^8 is schema 6 of v (1.09% wide).
 */
export const METRIC_NAMES = {
  /**
   * Counter. The first that is done for an order, tagged with the step in which it was due. Under the wrapper only
   * of orders that wait in VUs: those of event loops are counted by `latenessPow8`.
   */
  started: 'orders_started',
  /**
   * Trend of ms ** 8, one sample per resolved order that was not created, tagged `outcome` and `step`. With
   * those of `createdPow8` its counts are the outcome counts.
   */
  latencyPow8: 'order_latency_pow8',
  /** The same of created orders, without a tag of their own, which k6 would read for each of them. */
  createdPow8: 'order_created_pow8',
  /** Trend of ms ** 8: TCP connect + TLS handshake, only where a new connection was made. */
  connectPow8: 'order_connect_pow8',
  /** Trend of ms ** 8: `handler;dur=` of Server-Timing, where an answer carried it. */
  handlerPow8: 'order_handler_pow8',
  /** Trend of ms ** 8: `init;dur=` of Server-Timing, on cold starts that carried it. */
  initPow8: 'order_init_pow8',
  /** Counter. Answers marked `cold` by Server-Timing. */
  cold: 'orders_cold',
  /** Counter. Answers that carried the handler's own headers; added once per VU, so only zero or not matters. */
  handlerSeen: 'orders_handler_seen',
  /** Counter. Answers whose Server-Timing spoke of the handler; likewise. */
  timingSeen: 'orders_timing_seen',
  /** Counter. Orders sent again, before the second send; only where a run is asked for retries. */
  resent: 'orders_resent',
  /**
   * Trend of ms ** 8, one sample per second send that was resolved, tagged `outcome`, `step` and
   * `first`: the outcome of the order's first send.
   */
  resendPow8: 'order_resend_pow8',
  /**
   * Trend of ms ** 8: how long after it was due an order was started. Only event loops know it, and record it before
   * anything else of an order.
   */
  latenessPow8: 'order_lateness_pow8',
  /**
   * Trend, one sample per order that was due and never reached the target, tagged `why` (`NotSentReason`) and
   * `step`. Those of the reason `inFlight` were not counted as started, all others were.
   */
  notSent: 'orders_not_sent',
  /**
   * Trend, one sample per answer or error that is no success, beside the one of `latencyPow8`; tagged `outcome`,
   * `status` (0 without an answer), `error` (k6's words for a status 0) and in an ab run `arm`.
   */
  failed: 'orders_failed',
  /** Gauge. Most orders in flight since it was last sent, tagged with the number of its event loop. */
  inFlight: 'orders_in_flight',
  /** Gauge. Epoch ms at which the scenario started, sent once per VU. */
  scenarioStartMs: 'order_scenario_start_ms',
} as const;

/** The power that durations are raised to before they are recorded. */
export const LATENCY_POWER = 8;

/** Value of the `scenario` tag for warm-up orders, which are left out of every figure. */
export const WARMUP_SCENARIO = 'warmup';

/** Value of the `scenario` tag for the requests that check the contract; they are in no figure. */
export const CONTRACT_SCENARIO = 'contract';

/** How a line on k6's console begins that tells of an exception which an event loop caught. */
export const EXCEPTION_PREFIX = 'order-load exception ';

/** How a line on k6's console begins that holds an example of a failure for the wrapper; JSON follows. */
export const FAILURE_PREFIX = 'order-load failure ';

/** How a line on k6's console begins that is meant for the wrapper and not for a person; JSON follows. */
export const HANDOVER_PREFIX = 'order-load handover ';
