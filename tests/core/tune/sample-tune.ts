import type { Architecture } from '../../../lib/core/lambda/platform-control.ts';
import type {
  BatchCellResult,
  BatchFigures,
  BatchResult,
} from '../../../lib/core/tune/schema/batch-schema.ts';
import type { Estimate } from '../../../lib/core/tune/schema/estimate-schema.ts';
import type { PowerResult, PowerSize } from '../../../lib/core/tune/schema/power-schema.ts';
import type { TuneResult } from '../../../lib/core/tune/schema/tune-schema.ts';

/** An estimate whose interval is as wide as `spread` on both sides, as a share. */
export function around(value: number, spread = 0.02): Estimate {
  return { value, low: value * (1 - spread), high: value * (1 + spread) };
}

const USD_PER_MS_AND_MB = { x86: 2.1e-9 / 128, arm: 1.7e-9 / 128 };
const REQUEST_USD = 0.2;

/** A size of a function with 3.7 ms of work on a whole vCPU and 5.2 ms of waiting. */
export function sampleSize(
  memoryMb: number,
  architecture: Architecture = 'x86',
  changes: Partial<PowerSize> = {},
): PowerSize {
  const ms = (3.7 * 1769) / Math.min(memoryMb, 1769) + 5.2;
  const costOf = (billedMs: number) =>
    REQUEST_USD + billedMs * memoryMb * USD_PER_MS_AND_MB[architecture] * 1e6;
  return {
    memoryMb,
    architecture,
    status: 'measured',
    problem: null,
    rounds: 3,
    invocations: 741,
    failedInvocations: 0,
    durationMs: around(ms),
    p95Ms: around(ms * 1.6, 0.05),
    p99Ms: around(ms * 2.1, 0.1),
    billedMs: around(Math.ceil(ms)),
    costPerMillionUsd: around(costOf(Math.ceil(ms))),
    maxMemoryUsedMb: 84,
    peakConcurrency: 6,
    successRatio: 1,
    cold: {
      count: 9,
      share: 9 / 750,
      initMs: 142,
      durationMs: 142 + ms,
      costPerMillionUsd: costOf(142 + ms),
    },
    keepsSlo: null,
    againstChosen: null,
    ...changes,
  };
}

/** A size that failed. */
export function failedSize(memoryMb: number, problem: string): PowerSize {
  return sampleSize(memoryMb, 'x86', {
    status: 'failed',
    problem,
    rounds: 0,
    invocations: 0,
    durationMs: null,
    p95Ms: null,
    p99Ms: null,
    billedMs: null,
    costPerMillionUsd: null,
    maxMemoryUsedMb: null,
    peakConcurrency: null,
    cold: { count: 0, share: 0, initMs: null, durationMs: null, costPerMillionUsd: null },
  });
}

const SIZES = [128, 256, 512, 1024, 1769, 3008];

/** A power result of six sizes of x86, of which the cheapest is the best. */
export function samplePower(
  changes: Partial<PowerResult> = {},
  choice: Partial<PowerResult['choice']> = {},
): PowerResult {
  const chosen = { memoryMb: 512, architecture: 'x86' as const };
  const best = sampleSize(512);
  const sizes = SIZES.map((memoryMb) => {
    const size = sampleSize(memoryMb);
    if (memoryMb === 512) return size;
    const ratio = (of: 'durationMs' | 'costPerMillionUsd') =>
      around((size[of]?.value ?? 0) / (best[of]?.value ?? 1), 0.004);
    return {
      ...size,
      againstChosen: { duration: ratio('durationMs'), cost: ratio('costPerMillionUsd') },
    };
  });
  const made = {
    strategy: 'cost' as const,
    outcome: 'chosen' as const,
    chosen,
    sameAs: [],
    notToldApart: [],
    mayKeepSlo: [],
    reason:
      '512 MB costs least, $0.351 for a million invocations; next is 1,024 MB (+14%, 95% interval +13% to +15%).',
    ...choice,
  };
  return {
    strategy: 'cost',
    balancedWeight: 0.5,
    sloP95Ms: null,
    discardTopBottom: 0.2,
    onlyColdStarts: false,
    leastSuccess: 0.99,
    provisionedConcurrency: null,
    pricesDate: '2026-09-01',
    sizes,
    choice: made,
    choices: [
      made,
      { ...made, strategy: 'speed', chosen: { ...chosen, memoryMb: 3008 } },
      { ...made, strategy: 'balanced', chosen: { ...chosen, memoryMb: 1024 } },
    ],
    powerTuning: [
      {
        architecture: 'x86',
        output: { power: 512, cost: 1.51e-7, duration: 17.98 },
        visualization: 'https://lambda-power-tuning.show/#gAAAAQAC;AAAA;AAAA',
      },
    ],
    powerTuningComparison: null,
    ...changes,
  };
}

/** A completed sweep of the embedded order API with this result. */
export function sampleTune(
  part: Pick<TuneResult, 'power' | 'batch'>,
  changes: Partial<TuneResult> = {},
): TuneResult {
  const kind = part.power === undefined ? 'batch' : 'power';
  return {
    tuneVersion: '1.0',
    kind,
    run: {
      id: '20261130-190000-abcd',
      startedAt: '2026-11-30T19:00:00.000Z',
      endedAt: '2026-11-30T19:02:40.000Z',
      status: 'completed',
      command: ['--rate', '50'],
      resumptions: 0,
      seed: 7,
      rounds: 3,
      suiteVersion: '0.1.0',
      gitCommit: null,
      hostCpus: 2,
      label: null,
    },
    subject: {
      platform: 'local',
      region: null,
      function: kind === 'power' ? 'create-order' : 'write-orders',
      mapping: kind === 'power' ? null : 'write-orders',
      target: 'http://127.0.0.1:40123',
      method: 'load',
      ratePerSecond: 50,
      durationSeconds: 5,
      callsPerRound: null,
      before: {
        functions: {
          'create-order': {
            memoryMb: 1024,
            architecture: 'x86',
            timeoutMs: 3000,
            reservedConcurrency: null,
            alias: null,
          },
        },
        mappings: {
          'write-orders': {
            batchSize: 25,
            windowSeconds: 1,
            maximumConcurrency: null,
            pollers: null,
          },
        },
      },
      restored: true,
    },
    ...part,
    notes: ['Runs were made one after the other on one machine.'],
    ...changes,
  };
}

function sampleFigures(changes: Partial<BatchFigures> = {}): BatchFigures {
  return {
    rounds: 3,
    accepted: 750,
    lagMs: { p50: around(500), p95: around(900, 0.05), p99: around(1200, 0.1) },
    invocationsPerThousand: around(100),
    billedMsPerThousand: around(2000),
    batchFill: 0.8,
    writeCallsPerThousand: around(100),
    writeUnitsPerOrder: 1,
    costPerMillionUsd: around(3.2),
    costParts: { queueUsd: 1.4, writerUsd: 0.5, tableUsd: 1.3 },
    redelivered: 0,
    deadLetters: 0,
    lost: 0,
    ...changes,
  };
}

/** A cell of a batch sweep: the larger the batch and the window, the cheaper and the slower. */
export function sampleBatchCell(
  batchSize: number,
  windowSeconds: number,
  changes: Partial<BatchCellResult> = {},
): BatchCellResult {
  const cost = 2.4 + 6 / Math.min(batchSize, 1 + 50 * windowSeconds) + windowSeconds * 0.01;
  const lagMs = 60 + windowSeconds * 950;
  const lag = (factor: number) => around(lagMs * factor, 0.05);
  const load = sampleFigures({
    costPerMillionUsd: around(cost),
    lagMs: { p50: lag(0.6), p95: lag(1), p99: lag(1.3) },
  });
  return {
    batchSize,
    windowSeconds,
    status: 'measured',
    problem: null,
    load,
    poison: sampleFigures({ redelivered: 3 * batchSize, deadLetters: 1 }),
    quiet: windowSeconds === 0 ? null : sampleFigures({ lagMs: load.lagMs }),
    keepsSlo: lagMs < 1500,
    isOnFront: batchSize === 100 || (batchSize === 25 && windowSeconds === 0),
    ...changes,
  };
}

/** A batch result of four sizes and three windows, one of which Lambda refuses. */
export function sampleBatch(
  changes: Partial<BatchResult> = {},
  choice: Partial<BatchResult['choice']> = {},
): BatchResult {
  const cells = [1, 10, 25, 100].flatMap((batchSize) =>
    [0, 1, 5].map((windowSeconds) =>
      batchSize === 100 && windowSeconds === 0
        ? sampleBatchCell(batchSize, windowSeconds, {
            status: 'failed',
            problem: 'Lambda refuses more than 10 messages without a window.',
            load: null,
            poison: null,
            keepsSlo: null,
            isOnFront: false,
          })
        : sampleBatchCell(batchSize, windowSeconds),
    ),
  );
  return {
    pricesDate: '2026-09-01',
    quietRatePerSecond: 0.2,
    cells,
    choice: {
      sloLagP95Ms: 1500,
      chosen: { batchSize: 100, windowSeconds: 1 },
      outcome: 'chosen',
      notToldApart: [],
      reason:
        'It is the cheapest that keeps p95 of the lag within 1.5 s: 1.01 s, $2.53 for a million orders.',
      ...choice,
    },
    pitfalls: [
      {
        name: 'Poison message',
        sentence: 'with batches of 100 it makes 300 messages come again, with batches of 1 only 3.',
      },
    ],
    ...changes,
  };
}
