import type { CostEstimate } from '../cost/estimate-cost.ts';
import { countOf } from '../histogram/count.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { meanOf } from '../histogram/mean.ts';
import { absentFigure as absent, derivedFigure as derived, measuredFigure } from './figure.ts';
import { latencyStatsOf } from './latency-stats.ts';
import type { Measured } from './measured.ts';
import { resolvedOf, servedOf } from './outcome-counts.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';
import type { Report } from './schema/report-schema.ts';

const NO_HEADERS = 'no response carried a Server-Timing header with cold, init or handler';

interface LambdaInput {
  readonly measured: Measured;
  readonly outcomes: OutcomeCounts;
  readonly rps: number | null;
  /** Latency in ms of every order that was sent. */
  readonly all: Histogram;
  /** Orders were sent again; the figures count first sends only. */
  readonly retried: boolean;
  readonly memoryMb: number | null;
  readonly cost: CostEstimate;
}

/** The serverless side as seen by a client. */
export function lambdaFigures(input: LambdaInput): Report['lambda'] {
  const { measured, outcomes, rps, all, retried, memoryMb, cost } = input;
  const firstOnly = retried ? '; without second sends' : '';
  const { handlerSeen, timingSeen, handler, init, cold } = measured;
  const answers = resolvedOf(outcomes) - outcomes.connection - outcomes.timeout;
  const handlerMs = meanOf(handler);
  const meanMs = handlerMs ?? meanOf(all);
  const basis =
    handlerMs === null ? 'client latency, including the network' : 'the handler’s own duration';
  // Orders that were refused before they reached the handler occupy no environment.
  const handledIn = (counts: OutcomeCounts) =>
    resolvedOf(counts) - counts.throttled - counts.platformRejected - counts.connection;
  const share =
    handlerMs === null || resolvedOf(outcomes) === 0
      ? 1
      : handledIn(outcomes) / resolvedOf(outcomes);
  const busiest = Math.max(
    0,
    ...measured.windows.map(
      (w) => ((handlerMs === null ? w.started : handledIn(w.outcomes)) * 1000) / w.lengthMs,
    ),
  );
  const rate = handlerMs === null ? 'arrival rate' : 'rate of handled orders';
  const served = servedOf(outcomes);
  const handled = countOf(handler);
  return {
    handlerSeen,
    coldStarts: timingSeen
      ? measuredFigure(cold, 'cold starts', `responses marked cold by Server-Timing${firstOnly}`)
      : absent('cold starts', NO_HEADERS),
    coldStartRatio:
      timingSeen && answers > 0
        ? derived(cold / answers, 'ratio', 'cold starts / responses')
        : absent('ratio', timingSeen ? 'there was no response' : NO_HEADERS),
    initMs: countOf(init) > 0 ? latencyStatsOf(init) : null,
    handlerMs: handled > 0 ? latencyStatsOf(handler) : null,
    concurrency:
      rps === null || meanMs === null
        ? absent('orders', 'no order got a response')
        : derived(
            (rps * share * meanMs) / 1000,
            'orders',
            `Little’s law: ${rate} × mean of ${basis}${firstOnly}`,
          ),
    peakConcurrency:
      busiest === 0 || meanMs === null
        ? absent('orders', 'no order got a response')
        : derived(
            (busiest * meanMs) / 1000,
            'orders',
            `Little’s law: ${rate} in the busiest window × mean of ${basis} over the run${firstOnly}`,
          ),
    throttles: measuredFigure(outcomes.throttled, 'orders', `outcome throttled${firstOnly}`),
    billedGbSeconds:
      handlerMs === null || memoryMb === null
        ? absent(
            'GB-s',
            handlerMs === null ? NO_HEADERS : 'the memory of the function is not known',
          )
        : derived(
            (handled * handlerMs * memoryMb) / 1024 / 1000,
            'GB-s',
            `handler duration × memory, without INIT and rounding up to 1 ms${firstOnly}`,
          ),
    costPerMillionOrdersUsd:
      served === 0
        ? absent('USD', 'no order was stored')
        : derived(
            (cost.totalUsd / served) * 1e6,
            'USD',
            `estimated cost of this run / stored orders${retried ? ', with second sends included in the cost' : ''}; the table of the cost says what it assumes`,
          ),
  };
}
