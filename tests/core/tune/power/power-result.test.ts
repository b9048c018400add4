import { describe, expect, it } from 'vitest';
import type { TimedReport } from '../../../../lib/core/lambda/platform-control.ts';
import type { MeasuredRound } from '../../../../lib/core/tune/measured-round.ts';
import type { PowerCell, PowerMeasurement } from '../../../../lib/core/tune/power/power-cell.ts';
import { powerResult } from '../../../../lib/core/tune/power/power-result.ts';
import type { PowerSettings } from '../../../../lib/core/tune/power/power-settings.ts';
import { powerResultSchema } from '../../../../lib/core/tune/schema/power-schema.ts';
import { parseViewerUrl } from './parse-viewer-url.ts';
import { reportAt } from './report-at.ts';

type Round = MeasuredRound<PowerCell, PowerMeasurement>;

const x86 = (memoryMb: number): PowerCell => ({ memoryMb, architecture: 'x86' });
const arm = (memoryMb: number): PowerCell => ({ memoryMb, architecture: 'arm' });

function settings(cells: readonly PowerCell[], rest: Partial<PowerSettings> = {}): PowerSettings {
  return {
    cells,
    region: null,
    strategy: 'cost',
    balancedWeight: 0.5,
    sloP95Ms: null,
    leastSuccess: 0.99,
    discardTopBottom: 0.2,
    onlyColdStarts: false,
    provisionedConcurrency: null,
    ...rest,
  };
}

/** Reports that are spread evenly over 20% around `ms`, 100 ms apart. */
function reports(ms: number, count = 40): TimedReport[] {
  return Array.from({ length: count }, (_, i) => {
    const durationMs = ms * (0.9 + (0.2 * i) / (count - 1));
    return reportAt(100 * i, { durationMs, billedMs: Math.ceil(durationMs) });
  });
}

function roundOf(cell: PowerCell, round: number, rest: Partial<PowerMeasurement>): Round {
  return {
    cell,
    round,
    startedAtMs: 0,
    endedAtMs: 10_000,
    measurement: {
      reports: [],
      failedCalls: 0,
      failure: null,
      load: null,
      problem: null,
      ...rest,
    },
  };
}

/** Each cell with its mean duration, in rounds of which each is slower than the one before by `drift`. */
function rounds(
  sizes: readonly (readonly [PowerCell, number])[],
  count = 3,
  drift = 0.1,
  calls = 40,
): Round[] {
  return Array.from({ length: count }, (_, i) =>
    sizes.map(([cell, ms]) =>
      roundOf(cell, i + 1, { reports: reports(ms * (1 + drift * i), calls) }),
    ),
  ).flat();
}

const THREE = [
  [x86(128), 800],
  [x86(256), 420],
  [x86(512), 300],
] as const;
const THREE_CELLS = THREE.map(([cell]) => cell);

function sizeIn(result: ReturnType<typeof powerResult>, cell: PowerCell) {
  const size = result.sizes.find(
    ({ memoryMb, architecture }) =>
      memoryMb === cell.memoryMb && architecture === cell.architecture,
  );
  if (size === undefined) throw new Error('no such size');
  return size;
}

describe('the result of a power sweep', () => {
  const result = powerResult(rounds(THREE), settings(THREE_CELLS));

  it('follows its schema', () => {
    expect(powerResultSchema.parse(result)).toEqual(result);
  });

  it('chooses by each strategy, and says why', () => {
    expect(result.choices.map(({ strategy, chosen }) => [strategy, chosen?.memoryMb])).toEqual([
      ['cost', 128],
      ['speed', 512],
      ['balanced', 256],
    ]);
    expect(result.choice.reason).toMatch(
      /^128 MB costs least, \$2\.0\d for a million invocations; next is 256 MB \(\+4\.\d%, 95% interval \+\d\.?\d*% to \+\d\.?\d*%\)\.$/,
    );
  });

  it('lets the drift of rounds cancel in ratios, but not in levels', () => {
    const { durationMs, againstChosen } = sizeIn(result, x86(512));
    const width = (one: typeof durationMs | undefined) => (one?.high ?? 0) / (one?.low ?? 1) - 1;
    expect(width(durationMs)).toBeGreaterThan(0.3);
    expect(againstChosen?.duration.value).toBeCloseTo(300 / 800, 3);
    expect(width(againstChosen?.duration)).toBeLessThan(0.1);
    expect(sizeIn(result, x86(128)).againstChosen).toBeNull();
  });

  it('has the output of aws-lambda-power-tuning for all invocations', () => {
    expect(result.powerTuning).toHaveLength(1);
    expect(result.powerTuning[0]?.output).toMatchObject({ power: 128 });
    const [viewed] = parseViewerUrl(result.powerTuning[0]?.visualization ?? '');
    expect(viewed?.sizes.map(({ value }) => value)).toEqual([128, 256, 512]);
    expect(result.powerTuningComparison).toBeNull();
  });

  it('sorts sizes by processor and memory, and chooses among both', () => {
    const sizes = [
      [arm(256), 400],
      [arm(128), 790],
      [x86(256), 410],
    ] as const;
    const both = powerResult(rounds(sizes), settings(sizes.map(([cell]) => cell)));
    expect(both.sizes.map(({ architecture, memoryMb }) => [architecture, memoryMb])).toEqual([
      ['x86', 256],
      ['arm', 128],
      ['arm', 256],
    ]);
    expect(both.choice.chosen).toEqual(arm(128));
    expect(both.choice.reason).toContain('128 MB on arm costs least');
    expect(both.powerTuning.map(({ architecture }) => architecture)).toEqual(['x86', 'arm']);
    const viewed = parseViewerUrl(both.powerTuningComparison ?? '');
    expect(viewed?.map(({ name, sizes: { length } }) => [name, length])).toEqual([
      ['x86', 1],
      ['arm', 2],
    ]);
  });
});

describe('sizes that are the same', () => {
  it('are told by the other figure, as upstream breaks ties', () => {
    const sizes = [
      [x86(512), 100],
      [x86(1024), 50],
      [x86(3008), 50.1],
    ] as const;
    const cells = sizes.map(([cell]) => cell);
    const { choices } = powerResult(rounds(sizes, 12, 0, 200), settings(cells));
    const [cost, speed] = choices;
    expect(cost?.chosen).toEqual(x86(1024));
    expect(cost?.sameAs).toEqual([x86(512)]);
    expect(cost?.reason).toContain('1,024 MB costs the same as 512 MB within 1%');
    expect(cost?.reason).toContain('and is faster (');
    expect(speed?.chosen).toEqual(x86(1024));
    expect(speed?.sameAs).toEqual([x86(3008)]);
    expect(speed?.reason).toContain('; the same within 1% as 3,008 MB');
  });

  it('are not known to be so after few calls, and the better one by the other figure is named', () => {
    const sizes = [
      [x86(1024), 50.2],
      [x86(3008), 50],
    ] as const;
    const { choices } = powerResult(rounds(sizes, 2), settings(sizes.map(([cell]) => cell)));
    expect(choices[1]).toMatchObject({ chosen: x86(3008), sameAs: [], notToldApart: [x86(1024)] });
    expect(choices[1]?.reason).toMatch(
      /^3,008 MB is the fastest, .*; 1,024 MB \(\+0\.4%, .*\) cannot be told apart from it; 1,024 MB costs less \(−6\d%, .*\)\.$/,
    );
  });

  it('cannot be told from one round', () => {
    const { choice, sizes } = powerResult(rounds(THREE, 1), settings(THREE_CELLS));
    expect(choice.chosen).toEqual(x86(128));
    expect(choice.notToldApart).toEqual([x86(256), x86(512)]);
    expect(choice.reason).toContain('after fewer than two rounds there is no telling how sure');
    expect(sizes.map(({ durationMs }) => durationMs?.low)).toEqual([null, null, null]);
  });
});

describe('an SLO', () => {
  const choose = (sloP95Ms: number, drift = 0) =>
    powerResult(rounds(THREE, 3, drift), settings(THREE_CELLS, { sloP95Ms }));

  it('is kept by the cheapest size whose interval lies below it', () => {
    const { choice, sizes } = choose(600);
    expect(choice).toMatchObject({ strategy: 'slo', outcome: 'chosen', chosen: x86(256) });
    expect(choice.mayKeepSlo).toEqual([]);
    expect(choice.reason).toMatch(
      /^256 MB is the cheapest size that keeps a p95 of 600 ms: p95 45\d ms, 95% interval/,
    );
    expect(sizes.map(({ keepsSlo }) => keepsSlo)).toEqual([false, true, true]);
  });

  it('may be kept by a cheaper size, which is named', () => {
    const { choice, sizes } = choose(460);
    expect(choice.chosen).toEqual(x86(512));
    expect(choice.mayKeepSlo).toEqual([x86(256)]);
    expect(choice.reason).toMatch(/; 256 MB \(p95 45\d ms, .*\) costs less and may keep it/);
    expect(sizes.map(({ keepsSlo }) => keepsSlo)).toEqual([false, null, true]);
  });

  it('that no size keeps is said so', () => {
    const { choice } = choose(100);
    expect(choice).toMatchObject({ outcome: 'keptByNone', chosen: null, mayKeepSlo: [] });
    expect(choice.reason).toMatch(
      /^No size keeps a p95 of 100 ms; the lowest is that of 512 MB \(/,
    );
  });

  it('that only some may keep has no answer', () => {
    const { choice } = choose(330);
    expect(choice).toMatchObject({
      outcome: 'inconclusive',
      chosen: null,
      mayKeepSlo: [x86(512)],
    });
    expect(choice.reason).toMatch(/^No size is sure to keep a p95 of 330 ms; 512 MB \(.*\) may\.$/);
  });

  it('is judged on what the client saw, if there was a load', () => {
    const load = {
      report: 'runs/1-128/report.json',
      verdict: 'pass',
      reason: null,
      offered: 100,
      successRatio: 1,
      p95Ms: 1000,
      p99Ms: 1200,
      peakConcurrency: 7,
    } as const;
    const measured = [1, 2, 3].map((round) =>
      roundOf(x86(128), round, { reports: reports(100), load }),
    );
    const { sizes, choice } = powerResult(measured, settings([x86(128)], { sloP95Ms: 500 }));
    expect(sizes[0]).toMatchObject({ keepsSlo: false, peakConcurrency: 7, successRatio: 1 });
    expect(sizes[0]?.p95Ms?.value).toBeCloseTo(1000);
    expect(choice.outcome).toBe('keptByNone');
  });
});

describe('a size that cannot be judged', () => {
  const others = rounds([THREE[1], THREE[2]]);
  const withSize = (measured: readonly Round[], rest: Partial<PowerSettings> = {}) => {
    const result = powerResult([...others, ...measured], settings(THREE_CELLS, rest));
    return { ...sizeIn(result, x86(128)), chosen: result.choice.chosen };
  };

  it('is missing if it was not measured', () => {
    const size = withSize([]);
    expect(size).toMatchObject({
      status: 'missing',
      problem: 'not measured yet',
      durationMs: null,
    });
    expect(size.chosen).toEqual(x86(256));
  });

  it('is missing if every round is invalid', () => {
    const problem = 'the run was INVALID: k6 was too slow';
    const size = withSize([roundOf(x86(128), 1, { reports: reports(1), problem })]);
    expect(size).toMatchObject({ status: 'missing', problem, rounds: 0, invocations: 0 });
    expect(size.chosen).toEqual(x86(256));
  });

  it('has failed if the platform refuses it', () => {
    const failure = 'Lambda refused 128 MB';
    const size = withSize([1, 2].map((round) => roundOf(x86(128), round, { failure })));
    expect(size).toMatchObject({ status: 'failed', problem: failure, costPerMillionUsd: null });
    expect(size.chosen).toEqual(x86(256));
  });

  it('has failed if too many invocations did, and says how', () => {
    const timeouts = [0, 1, 2].map((at) => reportAt(at, { status: 'timeout', durationMs: 3000 }));
    const one = reportAt(9, { status: 'error' });
    const measured = [1, 2].map((round) =>
      roundOf(x86(128), round, {
        reports: [...reports(1), ...timeouts, one],
        failedCalls: 6,
      }),
    );
    expect(withSize(measured)).toMatchObject({
      status: 'failed',
      problem: '12 of 92 invocations failed: 6 timeouts and 2 errors',
      failedInvocations: 12,
      durationMs: null,
      chosen: x86(256),
    });
    expect(withSize(measured, { leastSuccess: 0.8 })).toMatchObject({
      status: 'measured',
      chosen: x86(128),
    });
  });

  it('has failed if too few orders were stored', () => {
    const load = {
      report: '',
      verdict: 'fail',
      reason: null,
      offered: 100,
      successRatio: 0.9,
      p95Ms: 1,
      p99Ms: 1,
      peakConcurrency: null,
    } as const;
    const size = withSize([roundOf(x86(128), 1, { reports: reports(1), load })]);
    expect(size).toMatchObject({
      status: 'failed',
      problem: 'only 90% of the orders were stored',
      successRatio: 0.9,
    });
  });

  it('is measured by the rounds that are left', () => {
    const measured = rounds([THREE[0]]);
    const spoilt = {
      ...(measured[1] as Round),
      measurement: roundOf(x86(128), 2, { problem: 'INVALID: late' }).measurement,
    };
    const size = withSize(measured.with(1, spoilt));
    expect(size).toMatchObject({
      status: 'measured',
      rounds: 2,
      invocations: 80,
      problem: '1 of 3 rounds left out: INVALID: late',
      chosen: x86(128),
    });
  });

  it('leaves a result without a choice if there is no other', () => {
    const { choice, powerTuning } = powerResult([], settings(THREE_CELLS, { sloP95Ms: 5 }));
    expect(choice).toMatchObject({ outcome: 'inconclusive', chosen: null });
    expect(choice.reason).toBe('No size has figures.');
    expect(powerTuning).toEqual([]);
  });
});

describe('cold starts', () => {
  const cold = [300, 320, 340].map((initMs, i) =>
    reportAt(i, { initMs, durationMs: 200, billedMs: 200 + initMs, maxMemoryUsedMb: 99 }),
  );
  const measured = [1, 2].map((round) =>
    roundOf(x86(1024), round, { reports: [...cold, ...reports(100, 37)] }),
  );

  it('are in none of the other figures', () => {
    const { sizes } = powerResult(measured, settings([x86(1024)]));
    expect(sizes[0]).toMatchObject({
      invocations: 74,
      maxMemoryUsedMb: 99,
      cold: { count: 6, share: 6 / 80, initMs: 320, durationMs: 520 },
    });
    expect(sizes[0]?.durationMs?.value).toBeCloseTo(100);
    // 520 ms of 1 GB, and the request.
    expect(sizes[0]?.cold.costPerMillionUsd).toBeCloseTo(0.52 * 16.6667 + 0.2, 4);
  });

  it('are the only ones that count if asked for', () => {
    const { sizes } = powerResult(measured, settings([x86(1024)], { onlyColdStarts: true }));
    expect(sizes[0]?.durationMs?.value).toBeCloseTo(520);
    expect(sizes[0]?.billedMs?.value).toBeCloseTo(520);
    const warm = rounds([[x86(1024), 100]]);
    const none = powerResult(warm, settings([x86(1024)], { onlyColdStarts: true }));
    expect(none.sizes[0]).toMatchObject({ status: 'missing', problem: 'no cold start' });
  });
});

describe('environments kept provisioned', () => {
  it('are priced in: kept all the time, and less for each busy ms', () => {
    const measured = rounds([[x86(1024), 100]], 2, 0);
    const { sizes } = powerResult(measured, settings([x86(1024)], { provisionedConcurrency: 3 }));
    const billedMs = sizes[0]?.billedMs?.value ?? 0;
    // One invocation every 100 ms, so each bears 300 ms of keeping.
    const keptUsd = 0.3 * 4.1667;
    const busyUsd = (billedMs / 1000) * 9.7222;
    expect(sizes[0]?.costPerMillionUsd?.value).toBeCloseTo(0.2 + keptUsd + busyUsd, 4);
  });
});
