import type { LoadPlan } from './load-plan.ts';
import { durationSeconds, totalOrders } from './stages.ts';

/** The orders whose acceptance is recorded: the sample, and the last ones of the load. */
export interface AcceptedSample {
  /** Share of all orders that is in the sample, 0 to 1. */
  readonly share: number;
  /** Share of the orders of the last second that is recorded for the time to drain. */
  readonly lastShare: number;
  /** Offset in ms from which an order counts as one of the last. */
  readonly lastFromMs: number;
}

/** An order that was answered with 202. */
export interface AcceptedOrder {
  readonly iteration: number;
  /** Epoch ms of the response, by the load generator's clock. */
  readonly acceptedMs: number;
  /** Epoch ms at which the order was sent: it can be stored before its response arrives. */
  readonly sentMs: number;
  /** The id that the target made for it, if its responses tell. */
  readonly id?: string;
}

/** Limits what is recorded, and has to be read later, whatever the load. */
const MAX_SAMPLE = 800;
const MAX_LAST = 80;
const LAST_MS = 1000;
/** 2^32 / golden ratio: multiples of it fill the circle evenly (Knuth, TAOCP 6.4), at any rhythm of batches. */
const GOLDEN = 0x9e3779b1;

export function acceptedSample({ stages }: Pick<LoadPlan, 'stages'>): AcceptedSample {
  const lastRate = stages.at(-1)?.toRate ?? 0;
  return {
    share: Math.min(1, MAX_SAMPLE / Math.max(1, totalOrders(stages))),
    lastShare: Math.min(1, MAX_LAST / Math.max(1, (lastRate * LAST_MS) / 1000)),
    lastFromMs: durationSeconds(stages) * 1000 - LAST_MS,
  };
}

/** Whether an iteration is in an evenly spread sample of this share. */
export function isSampled(iteration: number, share: number): boolean {
  return placeInSample(iteration) < share * 2 ** 32;
}

/** Sort key for iterations: any number of the first ones is an evenly spread sample. */
export function placeInSample(iteration: number): number {
  return Math.imul(iteration, GOLDEN) >>> 0;
}

/** Whether the acceptance of an iteration is recorded; it starts `elapsedMs` after the load began. */
export function isNoted(sample: AcceptedSample, iteration: number, elapsedMs: number): boolean {
  if (isSampled(iteration, sample.share)) return true;
  return elapsedMs >= sample.lastFromMs && isSampled(iteration, sample.lastShare);
}

/** The form in which the scenario passes it to the wrapper. */
export function renderAccepted({ iteration, acceptedMs, sentMs, id }: AcceptedOrder): string {
  const told = [iteration, acceptedMs, sentMs, ...(id === undefined ? [] : [id])];
  return JSON.stringify({ accepted: told });
}

/** The accepted orders that a scenario passed; anything else is left out. */
export function parseAccepted(texts: readonly string[]): readonly AcceptedOrder[] {
  return texts.flatMap((text) => {
    const match = /^\{"accepted":\[(\d+),(\d+),(\d+)(?:,("(?:[^"\\]|\\.){1,300}"))?\]\}$/.exec(
      text,
    );
    if (match === null) return [];
    const [, iteration, acceptedMs, sentMs, id] = match;
    return [
      {
        iteration: Number(iteration),
        acceptedMs: Number(acceptedMs),
        sentMs: Number(sentMs),
        ...(id !== undefined && { id: JSON.parse(id) as string }),
      },
    ];
  });
}
