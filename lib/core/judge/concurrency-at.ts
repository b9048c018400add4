import type { JudgedStep } from '../report/schema/judged-step-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';

/** Orders in work at once at an arrival rate, and what it was computed from. */
export interface Concurrency {
  readonly value: number;
  readonly ratePerSecond: number;
  readonly durationMs: number;
  readonly duration: 'client' | 'handler';
  readonly span: 'run' | 'step';
}

/**
 * Orders in work at once, L = λW. The handler's own mean is what occupies an environment: that of the
 * step at this rate, or of the whole run in a report without it. Where no answer carried it, the client's
 * mean is an upper bound, network included.
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
