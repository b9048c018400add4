import { beforeAll, describe, expect, it } from 'vitest';
import {
  HTTP_EXPERIMENTS,
  type HttpOutcome,
  runHttpExperiment,
} from '../../../studies/lambda/http-experiments.ts';

const SECONDS = 20;

describe('Poisson arrivals through HTTP', () => {
  let outcomes: readonly HttpOutcome[];

  beforeAll(async () => {
    outcomes = await Promise.all(HTTP_EXPERIMENTS.map((one) => runHttpExperiment(one, SECONDS)));
  }, 120_000);

  it.each(HTTP_EXPERIMENTS.map((one, index) => ({ ...one, index })))(
    '$kind of $load erlangs on $servers is Erlang-B at the measured load, within 3 standard errors',
    ({ index }) => {
      const outcome = outcomes[index];
      if (outcome === undefined) throw new Error('not run');
      expect(outcome.failed).toBe(0);
      expect(outcome.standardError).toBeLessThan(0.03);
      const errors = (outcome.measured - outcome.expected) / outcome.standardError;
      expect(Math.abs(errors), JSON.stringify(outcome)).toBeLessThan(3);
    },
  );

  it("keeps Little's law", () => {
    for (const { littlesLaw, meanBusy } of outcomes) {
      expect(Math.abs(littlesLaw / meanBusy - 1)).toBeLessThan(0.1);
    }
  });
});
