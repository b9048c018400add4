import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { erlangB } from '../../lib/core/judge/erlang-b.ts';
import { billedMs, billOf } from '../../order-api/lambda/billing.ts';
import { cpuMs } from '../../order-api/lambda/duration-model.ts';
import { SCALE_OUT } from '../../order-api/lambda/platform-model.ts';
import { HTTP_EXPERIMENTS, runHttpExperiment } from './http-experiments.ts';
import { COLD_CALL_COST, CPU_BOUND_CALL, ERLANG_B, FIRST_CALL, SIMULATED } from './references.ts';
import { replayMeasurements } from './replay-measurements.ts';
import {
  simulateColdStarts,
  simulateHeldCalls,
  simulateLoss,
  simulateSpillover,
} from './scenarios.ts';

/** Prints the results of the platform model next to the formulas, simulations and measurements that validate it. */

const REQUESTS = 1_000_000;
const HTTP_SECONDS = 30;
const LAWS = ['deterministic', 'exponential', 'logNormal'] as const;

const percent = (share: number, digits = 2) => `${(share * 100).toFixed(digits)}%`;
const deviation = (value: number, reference: number) => {
  const share = value / reference - 1;
  return `${share < 0 ? '' : '+'}${percent(share, 1)}`;
};

function print(title: string, rows: readonly Record<string, string | number>[]): void {
  console.log(`\n${title}`);
  console.table(rows);
}

print(
  `Refused share against Erlang-B, ${REQUESTS.toLocaleString('en')} calls in simulated time each`,
  ERLANG_B.map(({ load, servers }) => ({
    load,
    servers,
    'Erlang-B': percent(erlangB(load, servers), 3),
    ...Object.fromEntries(
      LAWS.map((law) => {
        const { rejectedRatio } = simulateLoss({ load, servers, law, requests: REQUESTS, seed: 1 });
        return [law, percent(rejectedRatio, 3)];
      }),
    ),
  })),
);

print(
  'Spill-over from 12 provisioned environments at 10 erlangs',
  LAWS.map((law) => {
    const result = simulateSpillover({ load: 10, servers: 12, law, requests: REQUESTS, seed: 1 });
    const share = result.model.counts().provisionedSpillovers / result.served;
    return { law, 'Erlang-B': percent(erlangB(10, 12)), model: percent(share) };
  }),
);

print(
  "Little's law at 10 erlangs on 15: mean concurrency, and throughput × mean duration",
  LAWS.map((law) => {
    const result = simulateLoss({ load: 10, servers: 15, law, requests: REQUESTS, seed: 2 });
    const expected = (result.served / result.elapsedMs) * result.meanServiceMs;
    return { law, counted: result.meanBusy.toFixed(4), 'by the law': expected.toFixed(4) };
  }),
);

print(
  'Cold starts and environments against other simulators',
  SIMULATED.map((row) => {
    const result = simulateColdStarts({
      arrivalsPerSecond: row.perSecond,
      warmMs: row.warmMs,
      coldMs: row.coldMs,
      idleReclaimMs: row.idleMs,
      requests: REQUESTS,
      seed: 1,
    });
    return {
      'calls/s': row.perSecond,
      'cold, theirs': percent(row.cold),
      'cold, model': percent(result.coldRatio),
      cold: deviation(result.coldRatio, row.cold),
      'environments, theirs': row.environments,
      'environments, model': result.meanEnvironments.toFixed(2),
      environments: deviation(result.meanEnvironments, row.environments),
    };
  }),
);

const measurements = resolve(process.cwd(), '../shared/data/simfaas/exp.csv');
if (existsSync(measurements)) {
  const replay = replayMeasurements(readFileSync(measurements, 'utf8'));
  print(
    'Cold starts and environments against measurements on AWS',
    replay.experiments.map(({ measured, cold, environments }) => ({
      'calls/s': measured.perSecond.toPrecision(4),
      'cold, AWS': percent(measured.cold),
      'cold, model': percent(cold),
      'environments, AWS': measured.environments.toFixed(2),
      'environments, model': environments.toFixed(2),
    })),
  );
  console.log(
    `MAPE: cold ${percent(replay.coldMape, 1)} (at most 16%), environments ${percent(replay.environmentsMape, 1)} (at most 5%)`,
  );
} else {
  console.log(
    `\nNo measurements on AWS: ${measurements} (SimFaaS's examples/exp.csv) is not there.`,
  );
}

const held = simulateHeldCalls(3000, 20, SCALE_OUT);
console.log(
  `\n3,000 held calls, running after 0, 5, 10, 15, 20 s: ${[0, 5, 10, 15, 20].map((second) => held[second]).join(', ')}`,
);

print(
  'A cold call with the AWS SDK, dollars per million',
  COLD_CALL_COST.map(({ memoryMb, initMs, durationMs, usdPerMillion }) => {
    const { usd } = billOf({
      invocations: 1e6,
      onDemandMs: billedMs(durationMs, initMs) * 1e6,
      provisionedMs: 0,
      provisionedHeldMs: 0,
      memoryMb,
      architecture: 'x86',
    });
    return {
      MB: memoryMb,
      charged: usdPerMillion,
      model: usd.toFixed(4),
      error: deviation(usd, usdPerMillion),
    };
  }),
);

print(
  'A CPU-bound call of 26.7 ms, and the first call with the SDK (66 ms of work, 38 ms of I/O)',
  CPU_BOUND_CALL.map(({ memoryMb, durationMs }) => {
    const modelled = cpuMs({ workMs: 26.7, ioMs: 0, memoryMb });
    const first = FIRST_CALL.find((call) => call.memoryMb === memoryMb);
    const firstModelled = cpuMs({ workMs: 66, ioMs: 38, memoryMb }) + 38;
    return {
      MB: memoryMb,
      measured: durationMs,
      model: modelled.toFixed(1),
      error: deviation(modelled, durationMs),
      'first, measured': first?.durationMs ?? '',
      'first, model': firstModelled.toFixed(0),
      'first, error': first === undefined ? '' : deviation(firstModelled, first.durationMs),
    };
  }),
);

const outcomes = await Promise.all(
  HTTP_EXPERIMENTS.map((experiment) => runHttpExperiment(experiment, HTTP_SECONDS)),
);
print(
  `Through HTTP with Poisson arrivals, ${HTTP_SECONDS} s: Erlang-B at the measured load`,
  outcomes.map((outcome) => ({
    kind: outcome.kind,
    servers: outcome.servers,
    calls: outcome.sent,
    'measured load': outcome.measuredLoad.toFixed(3),
    'Erlang-B': percent(outcome.expected),
    measured: percent(outcome.measured),
    'standard errors': ((outcome.measured - outcome.expected) / outcome.standardError).toFixed(2),
    concurrency: outcome.meanBusy.toFixed(3),
    "Little's law": outcome.littlesLaw.toFixed(3),
  })),
);
