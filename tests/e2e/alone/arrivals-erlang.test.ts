import { describe, expect, it } from 'vitest';
import { erlangB } from '../../../lib/core/judge/erlang-b.ts';
import { simulateLoss } from '../../../studies/lambda/scenarios.ts';
import { runLoad } from '../support/run-load.ts';
import { startOrderApi } from '../support/start-order-api.ts';

const SERVICE_MS = 100;
const SECONDS = 16;
const REPLICATIONS = 200;

/** No cold starts, every call as long as the others. */
const FIXED = `--memory 1769 --work-ms 0 --io-ms ${SERVICE_MS} --init-ms 0 --idle-seconds 600`;

const PAIRS = [
  { load: 1, servers: 2, seed: 11 },
  { load: 5, servers: 5, seed: 12 },
  { load: 5, servers: 10, seed: 13 },
  { load: 10, servers: 10, seed: 14 },
] as const;
type Pair = (typeof PAIRS)[number];

/**
 * Of the refused share in a run of this length. Refusals come in clusters, so that the binomial formula is too
 * small: simulated runs of as many orders tell how far their shares lie from Erlang-B at their own load.
 */
function standardError(load: number, servers: number, requests: number): number {
  let squares = 0;
  for (let seed = 1; seed <= REPLICATIONS; seed += 1) {
    const law = 'deterministic';
    const run = simulateLoss({ load, servers, law, requests, seed: seed * 7919 });
    squares += (run.rejectedRatio - erlangB(requests / run.elapsedMs, servers)) ** 2;
  }
  return Math.sqrt(squares / REPLICATIONS);
}

async function measure({ load, servers, seed }: Pair) {
  const target = await startOrderApi(...FIXED.split(' '), '--reserved-concurrency', `${servers}`);
  const rate = (load * 1000) / SERVICE_MS;
  const run = await runLoad([
    ...['steady', '--target', target.url, '--rate', `${rate}`, '--duration', `${SECONDS}s`],
    ...['--arrivals', 'poisson', '--seed', `${seed}`, '--no-abort'],
  ]);
  const { requests } = await run.report();
  const truth = await target.truth();
  const { busyMs = 0, invocations = 0 } = truth.functions['create-order'] ?? {};
  expect(requests.total).toBe(rate * SECONDS);
  expect(requests.outcomes.throttled).toBe(truth.throttles);
  expect(requests.outcomes.throttled + requests.outcomes.created).toBe(requests.total);
  const offered = (requests.total / (SECONDS * 1000)) * (busyMs / invocations);
  return {
    refused: requests.outcomes.throttled / requests.total,
    expected: erlangB(offered, servers),
    error: standardError(offered, servers, requests.total),
  };
}

describe('random arrivals at a function with reserved concurrency', () => {
  it('are refused as often as Erlang-B says, of the load that the platform saw', async () => {
    const outcomes = await Promise.all(PAIRS.map(measure));
    for (const [i, { refused, expected, error }] of outcomes.entries()) {
      const { load, servers } = PAIRS[i] as Pair;
      const what = `${load} erlangs on ${servers}: ${refused}, by Erlang-B ${expected} ± ${error}`;
      expect(Math.abs(refused - expected), what).toBeLessThan(3 * error);
    }
  });
});
