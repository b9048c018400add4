import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { erlangB } from '../../../lib/core/judge/erlang-b.ts';
import { SCALE_OUT } from '../../../order-api/lambda/platform-model.ts';
import { ERLANG_B, SIMULATED } from '../../../studies/lambda/references.ts';
import { replayMeasurements } from '../../../studies/lambda/replay-measurements.ts';
import {
  simulateColdStarts,
  simulateHeldCalls,
  simulateLoss,
  simulateSpillover,
} from '../../../studies/lambda/scenarios.ts';

const LAWS = ['deterministic', 'exponential', 'logNormal'] as const;
/** The simulators ran at this many requests; the smallest probability needs them. */
const SIMULATED_REQUESTS = 400_000;
const SLOW_MACHINE_MS = 120_000;

it.each(ERLANG_B)('erlangB($load, $servers) is the tabulated $blocked', (row) => {
  expect(erlangB(row.load, row.servers)).toBeCloseTo(row.blocked, 6);
});

describe('the platform model in simulated time', { timeout: SLOW_MACHINE_MS }, () => {
  it.each(ERLANG_B)('refuses the share of Erlang-B at $load erlangs on $servers', (row) => {
    for (const law of LAWS) {
      const { load, servers } = row;
      const result = simulateLoss({ load, servers, law, requests: 200_000, seed: 1 });
      expect(Math.abs(result.rejectedRatio - row.blocked), law).toBeLessThan(0.003);
      const counts = result.model.counts();
      expect(counts.peakConcurrency).toBe(servers);
      expect(counts.throttles).toEqual({
        ReservedFunctionConcurrentInvocationLimitExceeded: 200_000 - result.served,
      });
    }
  });

  it.each(LAWS)('spills over from provisioned environments as Erlang-B says (%s)', (law) => {
    const result = simulateSpillover({ load: 10, servers: 12, law, requests: 200_000, seed: 1 });
    const { provisionedSpillovers, coldStarts } = result.model.counts();
    expect(Math.abs(provisionedSpillovers / result.served - 0.11974)).toBeLessThan(0.003);
    expect(coldStarts).toBe(provisionedSpillovers);
  });

  it("keeps Little's law: mean concurrency is throughput times mean duration", () => {
    for (const law of LAWS) {
      const result = simulateLoss({ load: 10, servers: 15, law, requests: 200_000, seed: 2 });
      const expected = (result.served / result.elapsedMs) * result.meanServiceMs;
      expect(result.meanBusy / expected).toBeCloseTo(1, 3);
    }
  });

  it('starts cold with probability e^(-λT) when calls are rare', () => {
    const result = simulateColdStarts({
      arrivalsPerSecond: 0.002,
      warmMs: 1,
      coldMs: 1,
      idleReclaimMs: 600_000,
      requests: 200_000,
      seed: 3,
    });
    expect(Math.abs(result.coldRatio - Math.exp(-1.2))).toBeLessThan(0.005);
  });

  it.each(SIMULATED)('agrees with other simulators at $perSecond/s within 10%', (row) => {
    const result = simulateColdStarts({
      arrivalsPerSecond: row.perSecond,
      warmMs: row.warmMs,
      coldMs: row.coldMs,
      idleReclaimMs: row.idleMs,
      requests: SIMULATED_REQUESTS,
      seed: 1,
    });
    expect(Math.abs(result.coldRatio / row.cold - 1)).toBeLessThan(0.1);
    expect(Math.abs(result.meanEnvironments / row.environments - 1)).toBeLessThan(0.1);
  });

  it('agrees with measurements on AWS: MAPE at most 16% and 5%', (context) => {
    const file = resolve(process.cwd(), '../shared/data/simfaas/exp.csv');
    if (!existsSync(file)) {
      context.skip(
        `needs data of others: examples/exp.csv of github.com/pacslab/simfaas as ${file}`,
      );
    }
    const { experiments, coldMape, environmentsMape } = replayMeasurements(
      readFileSync(file, 'utf8'),
    );
    expect(experiments).toHaveLength(20);
    expect(coldMape).toBeLessThanOrEqual(0.16);
    expect(environmentsMape).toBeLessThanOrEqual(0.05);
  });

  it('lets 1,000 of 3,000 held calls run at once, and all of them by 20 s', () => {
    const running = simulateHeldCalls(3000, 25, SCALE_OUT);
    expect(running[0]).toBe(1000);
    expect(running[10]).toBe(2000);
    expect(running[19]).toBeLessThan(3000);
    expect(running[20]).toBe(3000);
  });
});
