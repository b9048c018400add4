import { mostResent } from './resends.ts';

/** Reserve besides the orders in flight: descriptors for k6's files and telemetry, ports for other programs. */
const RESERVED_DESCRIPTORS = 64;
const RESERVED_PORTS = 32;
/**
 * Memory of one order in flight over HTTP/1, with its connection and buffers. Measured with k6 2.2.0: 4,008
 * orders in flight took 218 MB, 50 MB of which were k6 itself.
 */
export const BYTES_PER_ORDER = 64 * 1024;
/**
 * Memory of an order that waits in a VU, as in a user's own scenario in k6's usual form. Measured with k6 2.2.0 and a
 * bundle of 31 kB: 0.71 MB per VU; rounded up for larger scenarios.
 */
export const BYTES_PER_VU = 1_000_000;
/** Share of the free memory that orders may take; the rest is for k6 itself, its telemetry and the target. */
const MEMORY_SHARE = 0.5;
/** The number of orders in flight hardly ever exceeds its mean by more standard deviations than this. */
const DEVIATIONS = 6;
const SPARE_ORDERS = 10;

export interface InFlightDemand {
  readonly peakPerSecond: number;
  readonly requestTimeoutMs: number;
  /** The latency SLO: an order that just meets it is in flight for this long. */
  readonly p95Ms: number;
  /** Share of orders that stay in flight for a second request, 0 to 1. */
  readonly retryRatio: number;
  /** Standard deviation of the gaps between arrivals over their mean. */
  readonly gapVariation: number;
  /** `--max-in-flight`, or null. */
  readonly given: number | null;
  readonly bytesPerOrder: number;
  readonly machine: Machine;
}

/** The limits of this machine; null for a limit that is not known or does not matter. */
export interface Machine {
  readonly freeMemoryBytes: number | null;
  /** Descriptors that k6 may have open. */
  readonly descriptors: number | null;
  /** Local ports available for connections to one address. */
  readonly localPorts: number | null;
}

export const UNKNOWN_MACHINE: Machine = {
  freeMemoryBytes: null,
  descriptors: null,
  localPorts: null,
};

export interface InFlightLimit {
  /** The limit, such as `this machine has 200 local ports for connections`. */
  readonly what: string;
  /** The remedy, such as `use a machine with more memory`. */
  readonly mend: string;
}

export interface InFlightBudget {
  readonly maxInFlight: number;
  /** Enough orders in flight even for a target that does not respond before the timeout. */
  readonly inFlightBound: number;
  /** The limit of this machine below `inFlightBound`; absent if there is none. */
  readonly inFlightLimit?: InFlightLimit;
  /** What was reduced, in words. */
  readonly notes: readonly string[];
  /** Why this machine cannot generate the load, and what to do; or null. */
  readonly refusal: string | null;
}

/**
 * How many orders may be in flight at once. By Little's law (L = λW) their mean is at most peak rate × request
 * timeout. If arrivals are not even, more can gather: the standard deviation is about cv √L, that of the number
 * of arrivals in a time W.
 *
 * Source: J. D. C. Little, A Proof for the Queuing Formula L = λW, Operations Research 9(3), 1961; Cox,
 * Renewal Theory, 1962, section 4.2, for the deviation.
 */
export function inFlightBudget(demand: InFlightDemand): InFlightBudget {
  const { gapVariation, given } = demand;
  const mean = ordersIn(demand, demand.requestTimeoutMs);
  const deviation = gapVariation * Math.sqrt(mean);
  const inFlightBound = Math.ceil(mean + DEVIATIONS * deviation) + SPARE_ORDERS;
  const tightest = limitsOf(demand).sort((a, b) => a.orders - b.orders)[0];
  const allowed = tightest?.orders ?? Number.POSITIVE_INFINITY;
  const maxInFlight = Math.min(given ?? inFlightBound, Math.max(1, allowed));
  return {
    maxInFlight,
    inFlightBound,
    ...(tightest !== undefined &&
      allowed < inFlightBound && {
        inFlightLimit: { what: tightest.what, mend: tightest.mend },
      }),
    notes:
      maxInFlight < inFlightBound ? [noteOf(maxInFlight, inFlightBound, demand, tightest)] : [],
    refusal: refusalOf(demand, tightest),
  };
}

/** Orders that arrive at the peak rate within a time; those that are sent again count twice. */
function ordersIn({ peakPerSecond, retryRatio }: InFlightDemand, ms: number): number {
  const orders = (peakPerSecond * ms) / 1000;
  return orders + mostResent(orders, retryRatio);
}

interface MachineLimit extends InFlightLimit {
  readonly orders: number;
}

function limitsOf({ machine, bytesPerOrder }: InFlightDemand): MachineLimit[] {
  const { freeMemoryBytes, descriptors, localPorts } = machine;
  return [
    ...(descriptors === null
      ? []
      : [
          {
            orders: descriptors - RESERVED_DESCRIPTORS,
            what: `a process on this machine may have at most ${descriptors} open files and connections`,
            mend: `raise the limit (ulimit -n ${Math.max(65_536, descriptors * 2)})`,
          },
        ]),
    ...(localPorts === null
      ? []
      : [
          {
            orders: localPorts - RESERVED_PORTS,
            what: `this machine has ${localPorts} local ports for connections`,
            mend: 'widen the range (sysctl -w net.ipv4.ip_local_port_range="1024 65535")',
          },
        ]),
    ...(freeMemoryBytes === null
      ? []
      : [
          {
            orders: Math.floor((freeMemoryBytes * MEMORY_SHARE) / bytesPerOrder),
            what: `this machine has ${Math.floor(freeMemoryBytes / 1e6)} MB of free memory`,
            mend: 'use a machine with more memory',
          },
        ]),
  ];
}

function noteOf(
  maxInFlight: number,
  bound: number,
  { given }: InFlightDemand,
  tightest: MachineLimit | undefined,
): string {
  const why =
    given !== null && maxInFlight === given ? '(--max-in-flight)' : `because ${tightest?.what}`;
  return `in flight at most ${maxInFlight} orders ${why}; a target that does not respond before the timeout would hold ${bound}, and orders dropped then make the run INVALID`;
}

/** Refuses a machine without room for orders that just meet the latency SLO: it could not generate the planned load at all. */
function refusalOf(demand: InFlightDemand, tightest: MachineLimit | undefined): string | null {
  if (tightest === undefined) return null;
  const { given } = demand;
  const { orders, what, mend } = tightest;
  if (given !== null && given > orders) {
    return `--max-in-flight ${given} does not fit: ${what}, which leaves room for ${Math.max(0, orders)} orders; use a lower value, or ${mend}.`;
  }
  const least = given ?? Math.ceil(ordersIn(demand, demand.p95Ms));
  if (least <= orders) return null;
  return `The load does not fit: ${what}, which leaves room for ${Math.max(0, orders)} orders in flight, but orders that just meet the SLO already need room for ${least}; lower the rate, or ${mend}.`;
}
