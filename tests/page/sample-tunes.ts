import type { PowerResult } from '../../lib/core/tune/schema/power-schema.ts';
import type { TuneResult } from '../../lib/core/tune/schema/tune-schema.ts';
import {
  failedSize,
  sampleBatch,
  sampleBatchCell,
  samplePower,
  sampleSize,
  sampleTune,
} from '../core/tune/sample-tune.ts';

export interface NamedTune {
  readonly name: string;
  readonly result: TuneResult;
}

const x86 = (memoryMb: number) => ({ memoryMb, architecture: 'x86' as const });

/** Results of sweeps: memory and batches, every outcome, local and on AWS. */
export function sampleTunes(): readonly NamedTune[] {
  return Object.entries(SAMPLES).map(([name, make]) => ({ name, result: make() }));
}

const SAMPLES: Readonly<Record<string, () => TuneResult>> = {
  'a best size': () =>
    sampleTune(
      { power: samplePower() },
      {
        earlier: {
          id: '20261101-190000-abcd',
          startedAt: '2026-11-01T19:00:00.000Z',
          best: x86(256),
          move: 'moved',
        },
      },
    ),
  'both processors with an SLO': () => sampleTune({ power: withSlo(40) }, ON_AWS),
  'no size that keeps the SLO': () =>
    sampleTune({
      power: {
        ...withSlo(10),
        choice: {
          ...NOTHING_CHOSEN,
          outcome: 'keptByNone',
          reason:
            'No size keeps a p95 of 10 ms; the lowest is that of 1,769 MB (p95 14.2 ms, 95% interval 13.5 ms to 15 ms).',
        },
      },
    }),
  'sizes that cannot be told apart': () =>
    sampleTune({
      power: samplePower(
        {},
        {
          notToldApart: [x86(256)],
          reason:
            '512 MB costs least, $0.351 for a million invocations; 256 MB (+0.4%, 95% interval −1% to +1.8%) cannot be told apart from it.',
        },
      ),
    }),
  'an interrupted sweep by direct calls': () => interrupted(),
  'a best batch': () => sampleTune({ batch: sampleBatch() }),
  'no batch that keeps the SLO': () =>
    sampleTune({
      batch: sampleBatch(
        {
          cells: [1, 25].map((size) => sampleBatchCell(size, 1, { keepsSlo: false, quiet: null })),
          quietRatePerSecond: null,
          pitfalls: [],
        },
        {
          sloLagP95Ms: 500,
          chosen: null,
          outcome: 'keptByNone',
          reason:
            'No cell keeps p95 of the lag within 500 ms. The fastest is batch size 1 with a window of 1 s: 1.01 s.',
        },
      ),
    }),
};

const NOTHING_CHOSEN = {
  strategy: 'slo',
  chosen: null,
  sameAs: [],
  notToldApart: [],
  mayKeepSlo: [],
} as const;

/** Sizes of both processors, of which the cheapest with a p95 within the SLO is one of arm. */
function withSlo(sloP95Ms: number): PowerResult {
  const power = samplePower({ sloP95Ms });
  const sizes = [
    ...power.sizes,
    ...[128, 512, 1769].map((memoryMb) => sampleSize(memoryMb, 'arm')),
  ].map((size) => ({ ...size, keepsSlo: (size.p95Ms?.high ?? 0) <= sloP95Ms }));
  const choice = {
    ...NOTHING_CHOSEN,
    outcome: 'chosen' as const,
    chosen: { memoryMb: 512, architecture: 'arm' as const },
    reason:
      '512 MB on arm is the cheapest size that keeps a p95 of 40 ms: p95 28.8 ms, 95% interval 27.3 ms to 30.2 ms, $0.322 for a million invocations.',
  };
  return { ...power, sizes, choice, choices: [...power.choices, choice] };
}

const ON_AWS: Partial<TuneResult> = {
  subject: {
    ...sampleTune({ power: samplePower() }).subject,
    platform: 'aws',
    region: 'eu-west-1',
    function: 'orders-create:live',
    target: 'https://abc123.execute-api.eu-west-1.amazonaws.com',
    before: {
      functions: {
        'orders-create:live': {
          memoryMb: 1024,
          architecture: 'x86',
          timeoutMs: 3000,
          reservedConcurrency: 20,
          alias: { name: 'live', version: '7', provisionedConcurrency: 0 },
        },
      },
      mappings: {},
    },
  },
};

function interrupted(): TuneResult {
  const result = sampleTune({
    power: samplePower(
      {
        sizes: [
          failedSize(128, '50 of 50 invocations timed out after 3 s.'),
          sampleSize(512, 'x86', { p95Ms: null, successRatio: null, peakConcurrency: null }),
          { ...failedSize(1024, ''), status: 'missing', problem: null },
        ],
      },
      { reason: '512 MB is the only size with figures: $0.351 for a million invocations.' },
    ),
  });
  return {
    ...result,
    run: { ...result.run, status: 'interrupted', label: 'checkout' },
    subject: {
      ...result.subject,
      method: 'invoke',
      target: null,
      ratePerSecond: null,
      durationSeconds: null,
      callsPerRound: 50,
      restored: false,
    },
  };
}
