import type { JudgedStep } from '../report/schema/judged-step-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';

/** Orders in progress at once at an arrival rate, and what the figure was computed from. */
export interface Concurrency {
  readonly value: number;
  readonly ratePerSecond: number;
  readonly durationMs: number;
  readonly duration: 'client' | 'handler';
  readonly span: 'run' | 'step';
}

/**
 * Orders in progress at once, L = λW. An environment is occupied for the handler's own duration: W is its mean in
 * the step at this rate, or over the whole run if the report lacks the former. If no response carried it, W is the
 * client's mean latency, an upper bound that includes the network. Null without any of these.
 * Source: J. D. C. Little, Operations Research 9(3), 1961.
 */
export function concurrencyAt(
  { lambda }: Pick<Report, 'lambda'>,
  step: JudgedStep,
): Concurrency | null {
  const ofStep = step.handlerMeanMs ?? null;
  const handlerMs = ofStep ?? lambda.handlerMs?.mean ?? null;
  const durationMs = handlerMs ?? step.meanMs;
  if (durationMs === null) return null;
  return {
    value: (step.ratePerSecond * durationMs) / 1000,
    ratePerSecond: step.ratePerSecond,
    durationMs,
    duration: handlerMs === null ? 'client' : 'handler',
    span: handlerMs !== null && ofStep === null ? 'run' : 'step',
  };
}
