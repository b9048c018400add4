import { describe, expect, it } from 'vitest';
import type { InvocationReport } from '../../../../lib/core/lambda/parse-report-line.ts';
import type { Architecture } from '../../../../lib/core/lambda/platform-control.ts';
import {
  type PowerTuningOptions,
  powerTuningOutput,
  powerTuningStats,
} from '../../../../lib/core/tune/power/power-tuning-output.ts';
import { powerTuningPrice } from '../../../../lib/core/tune/power/power-tuning-prices.ts';

const OPTIONS: PowerTuningOptions = {
  strategy: 'cost',
  balancedWeight: 0.5,
  discardTopBottom: 0.2,
  onlyColdStarts: false,
  num: 5,
  region: null,
  includeOutputResults: false,
};

/** The durations of the example in the README of aws-lambda-power-tuning. */
const README_MS = [
  [128, 37002.3984375],
  [256, 18647.7734375],
  [512, 8489.4365234375],
  [1024, 3890.8916015625],
  [1536, 2512.2265625],
  [3008, 2009.7933349609375],
] as const;

describe('the choice of aws-lambda-power-tuning', () => {
  const stats = README_MS.map(([value, averageDuration]) => {
    const averagePrice = powerTuningPrice(averageDuration, value, 'x86', null);
    return { value, averageDuration, averagePrice, totalCost: 5 * averagePrice };
  });

  it.each([
    ['cost', 1536, 0.0000633276],
    ['speed', 3008, 0.00009919350000000002],
    ['balanced', 1536, 0.0000633276],
  ] as const)('is that of its README for %s', (strategy, power, cost) => {
    expect(powerTuningOutput(stats, { ...OPTIONS, strategy })).toMatchObject({ power, cost });
  });

  it('breaks ties of cost by speed, and ties of speed by cost', () => {
    const tied = [
      { value: 128, averagePrice: 2, averageDuration: 30, totalCost: 0 },
      { value: 256, averagePrice: 2, averageDuration: 20, totalCost: 0 },
      { value: 512, averagePrice: 3, averageDuration: 20, totalCost: 0 },
    ];
    const power = (strategy: 'cost' | 'speed') =>
      powerTuningOutput(tied, { ...OPTIONS, strategy }).power;
    expect([power('cost'), power('speed')]).toEqual([256, 256]);
  });

  it('is the first of the sizes that were asked for where the balance is the same', () => {
    const balanced = [
      { value: 512, averagePrice: 2, averageDuration: 1, totalCost: 0 },
      { value: 128, averagePrice: 1, averageDuration: 2, totalCost: 0 },
    ];
    expect(powerTuningOutput(balanced, { ...OPTIONS, strategy: 'balanced' }).power).toBe(512);
  });
});

type Triple = readonly [durationMs: number, billedMs: number, initMs: number | null];

interface Vector {
  readonly name: string;
  readonly options: PowerTuningOptions;
  readonly architecture: Architecture;
  readonly sizes: readonly (readonly [memoryMb: number, reports: readonly Triple[]])[];
  /** What aws-lambda-power-tuning (262ecc2) itself returned for log lines with these figures. */
  readonly expected: string;
}

const README_ROUNDED = [
  [128, 37002],
  [256, 18648],
  [512, 8489],
  [1024, 3891],
  [1536, 2512],
  [3008, 2010],
].map(([memoryMb = 0, ms = 0]) => [memoryMb, new Array<Triple>(5).fill([ms, ms, null])] as const);

/** The following sweeps take their durations from it, one after the other. */
const next = linearCongruential(1);

const README_EXPECTED = {
  cost: '{"power":1536,"cost":0.00006330240000000001,"duration":2512,"stateMachine":{"executionCost":0.0006,"lambdaCost":0.0022759905,"visualization":"https://lambda-power-tuning.show/#gAAAAQACAAQABsAL;AIoQRwCwkUYApARGADBzRQAAHUUAQPtE;IPWiOJdApDj6ipU4mxaJODjBhDgbBtA4"},"stats":[{"value":128,"averagePrice":0.0000777042,"averageDuration":37002},{"value":256,"averagePrice":0.00007832160000000001,"averageDuration":18648},{"value":512,"averagePrice":0.0000713076,"averageDuration":8489},{"value":1024,"averagePrice":0.0000653688,"averageDuration":3891},{"value":1536,"averagePrice":0.00006330240000000001,"averageDuration":2512},{"value":3008,"averagePrice":0.00009919350000000002,"averageDuration":2010}]}',
  speed:
    '{"power":3008,"cost":0.00009919350000000002,"duration":2010,"stateMachine":{"executionCost":0.0006,"lambdaCost":0.0022759905000000005,"visualization":"https://lambda-power-tuning.show/#gAAAAQACAAQABsAL;AIoQRwCwkUYApARGADBzRQAAHUUAQPtE;IPWiOJdApDj6ipU4mxaJODjBhDgbBtA4"},"stats":[{"value":128,"averagePrice":0.0000777042,"averageDuration":37002},{"value":256,"averagePrice":0.00007832160000000001,"averageDuration":18648},{"value":512,"averagePrice":0.0000713076,"averageDuration":8489},{"value":1024,"averagePrice":0.0000653688,"averageDuration":3891},{"value":1536,"averagePrice":0.00006330240000000001,"averageDuration":2512},{"value":3008,"averagePrice":0.00009919350000000002,"averageDuration":2010}]}',
  balanced:
    '{"power":1536,"cost":0.00006330240000000001,"duration":2512,"stateMachine":{"executionCost":0.0006,"lambdaCost":0.0022759905000000005,"visualization":"https://lambda-power-tuning.show/#gAAAAQACAAQABsAL;AIoQRwCwkUYApARGADBzRQAAHUUAQPtE;IPWiOJdApDj6ipU4mxaJODjBhDgbBtA4"},"stats":[{"value":128,"averagePrice":0.0000777042,"averageDuration":37002},{"value":256,"averagePrice":0.00007832160000000001,"averageDuration":18648},{"value":512,"averagePrice":0.0000713076,"averageDuration":8489},{"value":1024,"averagePrice":0.0000653688,"averageDuration":3891},{"value":1536,"averagePrice":0.00006330240000000001,"averageDuration":2512},{"value":3008,"averagePrice":0.00009919350000000002,"averageDuration":2010}]}',
};

const VECTORS: readonly Vector[] = [
  ...(['cost', 'speed', 'balanced'] as const).map((strategy) => ({
    name: `rounded durations of its README, ${strategy}`,
    options: { ...OPTIONS, strategy, includeOutputResults: true },
    architecture: 'x86' as const,
    sizes: README_ROUNDED,
    expected: README_EXPECTED[strategy],
  })),
  {
    name: 'sizes out of order, cold starts among the calls',
    options: { ...OPTIONS, num: 17, includeOutputResults: true },
    architecture: 'x86',
    sizes: sweepOf([1024, 128, 3008, 512, 256], { workMs: 66, ioMs: 38, calls: 17, cold: 2 }),
    expected:
      '{"power":128,"cost":0.0000021252,"duration":1010.9254545454544,"stateMachine":{"executionCost":0.00053,"lambdaCost":0.00027776805,"visualization":"https://lambda-power-tuning.show/#gAAAAQACAATACw==;O7t8RAVZBUSLCZJDpvoiQ2dL2EI=;qJ4ONgODFjYYKyU2+uU4Nox+tDY="},"stats":[{"value":1024,"averagePrice":0.0000027552000000000003,"averageDuration":162.97909090909093},{"value":128,"averagePrice":0.0000021252,"averageDuration":1010.9254545454544},{"value":3008,"averagePrice":0.000005379150000000001,"averageDuration":108.14727272727272},{"value":512,"averagePrice":0.0000024612000000000003,"averageDuration":292.0745454545455},{"value":256,"averagePrice":0.0000022428000000000004,"averageDuration":533.3909090909091}]}',
  },
  {
    name: 'arm in a region with prices of its own, balanced, fewer calls discarded',
    options: {
      ...OPTIONS,
      strategy: 'balanced',
      balancedWeight: 0.3,
      discardTopBottom: 0.1,
      num: 50,
      region: 'eu-west-3',
    },
    architecture: 'arm',
    sizes: sweepOf([128, 256, 512, 1024, 1769, 3008], {
      workMs: 3.7,
      ioMs: 5.2,
      calls: 50,
      cold: 1,
    }),
    expected:
      '{"power":1024,"cost":1.768e-7,"duration":12.40125,"stateMachine":{"executionCost":0.00071,"lambdaCost":0.00007239590781250002,"visualization":"https://lambda-power-tuning.show/#gAAAAQACAATpBsAL;+h5uQuVwAUJeepZBhWtGQZjuF0HlUBdB;rrHeM5ry8DNlBxI0atY9NEdFfDTdetY0"}}',
  },
  {
    name: 'only cold starts, in yuan',
    options: {
      ...OPTIONS,
      strategy: 'speed',
      onlyColdStarts: true,
      num: 6,
      region: 'cn-north-1',
      includeOutputResults: true,
    },
    architecture: 'x86',
    sizes: sweepOf([512, 1769, 10240], { workMs: 120, ioMs: 0, calls: 6, cold: 6 }),
    expected:
      '{"power":1769,"cost":0.0000571082953125,"duration":290.36333333333334,"stateMachine":{"executionCost":0.00851,"lambdaCost":0.002555918571875,"visualization":"https://lambda-power-tuning.show/?currency=CNY#AALpBgAo;FMYSRIIukUPXY5ND;QhUMOJGHbziES7A5"},"stats":[{"value":512,"averagePrice":0.0000333984,"averageDuration":587.0949999999999},{"value":1769,"averagePrice":0.0000571082953125,"averageDuration":290.36333333333334},{"value":10240,"averagePrice":0.000336256,"averageDuration":294.78}]}',
  },
];

describe('the output is the same to the byte as that of aws-lambda-power-tuning', () => {
  it.each(VECTORS)('$name', ({ options, architecture, sizes, expected }) => {
    const stats = sizes.map(([memoryMb, reports]) =>
      powerTuningStats({ memoryMb, architecture }, reports.map(reportOf), options),
    );
    expect(JSON.stringify(powerTuningOutput(stats, options))).toBe(expected);
  });
});

function linearCongruential(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function sweepOf(
  memoriesMb: readonly number[],
  mix: {
    readonly workMs: number;
    readonly ioMs: number;
    readonly calls: number;
    readonly cold: number;
  },
): Vector['sizes'] {
  return memoriesMb.map((memoryMb) => [
    memoryMb,
    Array.from({ length: mix.calls }, (_, call): Triple => {
      const meanMs = mix.workMs / Math.min(1, memoryMb / 1769) + mix.ioMs;
      const durationMs = Math.round(100 * meanMs * (0.9 + 0.3 * next())) / 100;
      const initMs = call < mix.cold ? Math.round(100 * (140 + 40 * next())) / 100 : null;
      const billedMs = Math.ceil(Math.round(100 * (durationMs + (initMs ?? 0))) / 100);
      return [durationMs, billedMs, initMs];
    }),
  ]);
}

function reportOf([durationMs, billedMs, initMs]: Triple): InvocationReport {
  return {
    requestId: 'r',
    durationMs,
    billedMs,
    initMs,
    memorySizeMb: 128,
    maxMemoryUsedMb: 85,
    status: null,
  };
}
