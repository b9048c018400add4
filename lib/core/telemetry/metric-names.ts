/**
 * The metrics that the k6 side records and the telemetry receiver reads, by their k6 names (remote write adds the
 * prefix `k6_`, and for counters the suffix `_total`).
 *
 * Durations are recorded as `ms ** 8`: k6's remote write sends native histograms of schema 3 only (buckets 9% wide),
 * and schema 3 of v^8 is schema 6 of v (1.09% wide).
 */
export const METRIC_NAMES = {
  /**
   * Counter, added to before anything else happens for an order, and tagged with the step in which it was due. Under
   * the wrapper it only counts orders that wait in VUs: `latenessPow8` counts those of event loops.
   */
  started: 'orders_started',
  /**
   * Trend of ms ** 8, one sample per resolved order that was not created, tagged `outcome` and `step`. Together with
   * `createdPow8`, its counts are the outcome counts.
   */
  latencyPow8: 'order_latency_pow8',
  /** The same for created orders, without an `outcome` tag, which k6 would process for each of them. */
  createdPow8: 'order_created_pow8',
  /** Trend of ms ** 8: TCP connect + TLS handshake, only if a new connection was made. */
  connectPow8: 'order_connect_pow8',
  /** Trend of ms ** 8: `handler;dur=` of Server-Timing, if a response had it. */
  handlerPow8: 'order_handler_pow8',
  /** Trend of ms ** 8: `init;dur=` of Server-Timing, on cold starts that had it. */
  initPow8: 'order_init_pow8',
  /** Counter. Responses that Server-Timing marks as `cold`. */
  cold: 'orders_cold',
  /** Counter. Responses with the handler's own headers. Added to once per VU, so only zero or not zero matters. */
  handlerSeen: 'orders_handler_seen',
  /** Counter. Responses with a Server-Timing of the handler. Added to once per VU, so only zero or not zero matters. */
  timingSeen: 'orders_timing_seen',
  /** Counter. Orders sent again, added to before the second send; only if the run has retries. */
  resent: 'orders_resent',
  /**
   * Trend of ms ** 8, one sample per second send that was resolved, tagged `outcome`, `step` and `first` (the outcome
   * of the order's first send).
   */
  resendPow8: 'order_resend_pow8',
  /**
   * Trend of ms ** 8: lateness of an order. Only event loops know it; they record it before anything else of an order.
   */
  latenessPow8: 'order_lateness_pow8',
  /**
   * Trend, one sample per order that was due and never reached the target, tagged `why` (`NotSentReason`) and `step`.
   * Orders with the reason `inFlight` were not counted as started, all others were.
   */
  notSent: 'orders_not_sent',
  /**
   * Trend, one sample per response or error that is not a success, in addition to the sample in `latencyPow8`; tagged
   * `outcome`, `status` (0 without a response), `error` (k6's error text for status 0) and, in an ab run, `arm`.
   */
  failed: 'orders_failed',
  /** Gauge. Most orders in flight since the gauge was last sent, tagged with the number of its event loop. */
  inFlight: 'orders_in_flight',
  /** Gauge. Epoch ms at which the scenario started, sent once per VU. */
  scenarioStartMs: 'order_scenario_start_ms',
} as const;

/** The power that durations are raised to before they are recorded. */
export const LATENCY_POWER = 8;

/** Value of the `scenario` tag of warm-up orders, which are left out of all figures. */
export const WARMUP_SCENARIO = 'warmup';

/** Value of the `scenario` tag of the requests that check the contract; they are in no figure. */
export const CONTRACT_SCENARIO = 'contract';

/** Prefix of a line on k6's console that reports an exception caught by an event loop. */
export const EXCEPTION_PREFIX = 'order-load exception ';

/** Prefix of a line on k6's console with an example of a failure for the wrapper; JSON follows. */
export const FAILURE_PREFIX = 'order-load failure ';

/** Prefix of a line on k6's console that is meant for the wrapper and not for a person; JSON follows. */
export const HANDOVER_PREFIX = 'order-load handover ';
