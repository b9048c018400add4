import { add } from '../histogram/add.ts';
import { EMPTY_HISTOGRAM, type Histogram } from '../histogram/histogram.ts';
import type { Outcome } from '../order/outcome.ts';
import type { Counted } from './counted.ts';
import type { Measured } from './measured.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';

/**
 * The measurements, with `platformRejected` counted as `serverError` if no response of the whole run carried the
 * handler's headers: then their absence from a 5xx tells nothing.
 */
export function foldPlatformRejected(measured: Measured): Measured {
  return measured.handlerSeen ? measured : recount(measured, 'platformRejected', 'serverError');
}

/**
 * The inverse of `foldPlatformRejected`: without the headers k6 counts every 5xx as `platformRejected`, so all server
 * errors of such a report were counted as that before folding.
 */
export function unfoldPlatformRejected(measured: Measured): Measured {
  return measured.handlerSeen ? measured : recount(measured, 'serverError', 'platformRejected');
}

function recount(measured: Measured, from: Outcome, to: Outcome): Measured {
  const moveLatency = (
    latencyByOutcome: Measured['latencyByOutcome'],
  ): Measured['latencyByOutcome'] => {
    const rest: Partial<Record<Outcome, Histogram>> = { ...latencyByOutcome };
    const moved = rest[from];
    delete rest[from];
    return moved === undefined ? rest : { ...rest, [to]: add(rest[to] ?? EMPTY_HISTOGRAM, moved) };
  };
  const move = <T extends { readonly outcomes: OutcomeCounts }>(part: T): T => ({
    ...part,
    outcomes: {
      ...part.outcomes,
      [from]: 0,
      [to]: part.outcomes[to] + part.outcomes[from],
    },
  });
  return {
    ...measured,
    latencyByOutcome: moveLatency(measured.latencyByOutcome),
    failures: measured.failures?.map((failure) =>
      failure.outcome === from ? { ...failure, outcome: to } : failure,
    ),
    retries: {
      ...measured.retries,
      latencyByOutcome: moveLatency(measured.retries.latencyByOutcome),
      servedBefore: move(measured.retries.servedBefore),
    },
    steps: Object.fromEntries(
      Object.entries(measured.steps).map(([name, step]): [string, Counted] => [name, move(step)]),
    ),
    windows: measured.windows.map(move),
    warmup: move(measured.warmup),
  };
}
