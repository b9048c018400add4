import { mostResent } from './resends.ts';

/** Room beside the orders in flight: of k6 itself for files and its telemetry, and of ports for other programs. */
const RESERVED_DESCRIPTORS = 64;
const RESERVED_PORTS = 32;
/**
 * Memory of one order in flight over HTTP/1 with its connection and buffers. Measured with k6 2.2.0: 4,008
 * orders in flight took 218 MB, of which k6 itself takes 50.
 */
export const BYTES_PER_ORDER = 64 * 1024;
/**
 * The same of an order that waits in a VU, as in a scenario of the user's own in k6's usual form. Measured with
 * k6 2.2.0 and a bundle of 31 kB: 0.71 MB a VU; rounded up for larger scenarios.
 */
export const BYTES_PER_VU = 1_000_000;
/** Share of the free memory that orders may take; the rest is for k6 itself, its telemetry and the target. */
const MEMORY_SHARE = 0.5;
/** So many standard deviations above its mean the number in flight hardly ever goes. */
const DEVIATIONS = 6;
const SPARE_ORDERS = 10;

export interface InFlightDemand {
  readonly peakPerSecond: number;
  readonly requestTimeoutMs: number;
  /** Of the latency SLO: an order that just meets it is in flight for so long. */
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

/** What this machine allows a run; null for what is not known, or does not matter. */
export interface Machine {
  readonly freeMemoryBytes: number | null;
  /** Descriptors that k6 may have open. */
  readonly descriptors: number | null;
  /** Local ports that connections to one address may begin from. */
  readonly localPorts: number | null;
}

export const UNKNOWN_MACHINE: Machine = {
  freeMemoryBytes: null,
  descriptors: null,
  localPorts: null,
};

export interface InFlightLimit {
  /** Such as `this machine has 200 local ports for connections`. */
  readonly what: string;
  /** What to do about it, such as `use a machine with more memory`. */
  readonly mend: string;
}

export interface InFlightBudget {
  readonly maxInFlight: number;
  /** With so many a target that answers nothing until the timeout still cannot use them up. */
  readonly inFlightBound: number;
  /** What of this machine keeps more from being in flight, and the remedy; absent where nothing does. */
  readonly inFlightLimit?: InFlightLimit;
  /** What was cut, in plain words. */
  readonly notes: readonly string[];
  /** Why the load cannot be made on this machine, and what to do; or null. */
  readonly refusal: string | null;
}

/**
 * How many orders may be in flight at once. By Little's law (L = λW) they are at most peak rate × request
 * timeout on average; arrivals that are not even gather to more than that, with a standard deviation of
 * about cv √L, as the number of arrivals in a time W has.
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

/** Orders that arrive at the peak rate within a time, those counted twice that are sent again. */
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
            what: `a process may have ${descriptors} files and connections open here`,
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
            what: `${Math.floor(freeMemoryBytes / 1e6)} MB of memory are free here`,
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
    given !== null && maxInFlight === given ? 'by --max-in-flight' : `because ${tightest?.what}`;
  return `in flight at most ${maxInFlight} orders ${why}; a target that answers nothing until the timeout would hold ${bound}, and what cannot be sent then makes the run INVALID`;
}

/** Orders that just meet the latency SLO must fit: with fewer in flight the planned load is not made at all. */
function refusalOf(demand: InFlightDemand, tightest: MachineLimit | undefined): string | null {
  if (tightest === undefined) return null;
  const { given } = demand;
  const { orders, what, mend } = tightest;
  if (given !== null && given > orders) {
    return `--max-in-flight ${given} does not fit: ${what}, which is room for ${Math.max(0, orders)} orders; give fewer, or ${mend}.`;
  }
  const least = given ?? Math.ceil(ordersIn(demand, demand.p95Ms));
  if (least <= orders) return null;
  return `The load does not fit: ${what}, which is room for ${Math.max(0, orders)} orders in flight, and orders that just meet the SLO already take ${least}; send fewer a second, or ${mend}.`;
}
