import type { Slo } from './load-plan.ts';
import { mostResent } from './resends.ts';
import { BYTES_PER_VU } from './vu-bytes.ts';

const SPARE_VUS = 5;
/** Share of the free memory that VUs may take; the rest is for k6 itself, its buffers and the target. */
const MEMORY_SHARE = 0.5;

export interface VuDemand {
  readonly peakPerSecond: number;
  readonly slo: Slo;
  readonly requestTimeoutMs: number;
  /** Share of orders that keep their VU for a second request, 0 to 1. */
  readonly retryRatio: number;
  /** `--max-vus`, or null. */
  readonly maxVUs: number | null;
  /** Free memory of this machine in bytes, or null when it is not known. */
  readonly freeMemoryBytes: number | null;
}

export interface VuBudget {
  readonly preAllocatedVUs: number;
  readonly maxVUs: number;
  /** With this many, a target that answers nothing until the timeout still cannot exhaust them. */
  readonly littleBoundVUs: number;
  /** What was cut, in plain words. */
  readonly notes: readonly string[];
}

/**
 * VUs for an arrival rate by Little's law (L = λW): the ceiling holds for W = the request timeout,
 * the pre-allocation for W = the p95 SLO, which leaves headroom over the mean that the law asks for. More
 * would cost: making a VU takes k6 about 0.8 ms of CPU, and each opens a connection of its own.
 *
 * Source: J. D. C. Little, A Proof for the Queuing Formula L = λW, Operations Research 9(3), 1961.
 */
export function vusForRate(demand: VuDemand): VuBudget {
  const inFlight = (perRequestMs: number): number => {
    const orders = (demand.peakPerSecond * perRequestMs) / 1000;
    return Math.ceil(orders + mostResent(orders, demand.retryRatio)) + SPARE_VUS;
  };
  const littleBoundVUs = inFlight(demand.requestTimeoutMs);
  const notes: string[] = [];

  let maxVUs = littleBoundVUs;
  if (demand.maxVUs !== null && demand.maxVUs < maxVUs) {
    maxVUs = demand.maxVUs;
    notes.push(
      `VUs are capped at ${maxVUs} by --max-vus; ${littleBoundVUs} would hold the peak rate until every request times out, so a slow target may cause dropped orders`,
    );
  }
  if (demand.freeMemoryBytes !== null) {
    const affordable = Math.max(
      1,
      Math.floor((demand.freeMemoryBytes * MEMORY_SHARE) / BYTES_PER_VU),
    );
    if (affordable < maxVUs) {
      maxVUs = affordable;
      notes.push(
        `VUs are capped at ${maxVUs} by the free memory of this machine; ${littleBoundVUs} would hold the peak rate until every request times out, so a slow target may cause dropped orders`,
      );
    }
  }

  return {
    preAllocatedVUs: Math.min(inFlight(demand.slo.p95Ms), maxVUs),
    maxVUs,
    littleBoundVUs,
    notes,
  };
}
