import { describe, expect, it } from 'vitest';
import { batchCost, totalOf } from '../../../../lib/core/tune/batch/batch-cost.ts';
import {
  type BatchRound,
  type BatchSettings,
  batchResult,
} from '../../../../lib/core/tune/batch/batch-result.ts';
import { estimateOfRounds } from '../../../../lib/core/tune/batch/estimate-of-rounds.ts';
import { cellName } from '../../../../lib/core/tune/cell-name.ts';
import { batchResultSchema } from '../../../../lib/core/tune/schema/batch-schema.ts';
import { measuredRound, measuredRounds } from './measured-cell.ts';

function resultOf(rounds: readonly BatchRound[], settings: Partial<BatchSettings> = {}) {
  const names = new Set(rounds.map(({ cell }) => `${cell.batchSize}/${cell.windowSeconds}`));
  const cells = [...names].map((name) => {
    const [batchSize, windowSeconds] = name.split('/').map(Number) as [number, number];
    return { batchSize, windowSeconds };
  });
  return batchResultSchema.parse(
    batchResult(rounds, {
      cells,
      sloLagP95Ms: null,
      quietRatePerSecond: null,
      architecture: 'x86',
      ...settings,
    }),
  );
}

const nameOf = ({ batchSize, windowSeconds }: { batchSize: number; windowSeconds: number }) =>
  `${batchSize}/${windowSeconds}`;

describe('the cost of a million orders on the queue path', () => {
  it('is that of the calls of the queue, of the writer and of the units of the table', () => {
    const use = {
      accepted: 1000,
      invocations: 100,
      billedGbSeconds: 5,
      receiveCalls: 900,
      deleteCalls: 100,
      writeUnits: 1000,
      readUnits: 1000,
    };
    const cost = batchCost(use, 'x86');
    // 2,000 calls at $0.40 a million; 100 requests at $0.20 a million and 5 GB-s; 1,000 units each.
    expect(cost?.queueUsd).toBeCloseTo(0.8, 6);
    expect(cost?.writerUsd).toBeCloseTo(0.02 + 5 * 0.0166667, 6);
    expect(cost?.tableUsd).toBeCloseTo(0.625 + 0.125, 6);
    const arm = batchCost(use, 'arm');
    expect(arm?.writerUsd).toBeCloseTo(0.02 + 5 * 0.0133334, 6);
    expect(cost && totalOf(cost)).toBeCloseTo(1.6533335, 6);
  });

  it('takes calls that nobody counted to carry a batch each, ten messages at most', () => {
    const use = {
      accepted: 1000,
      billedGbSeconds: 0,
      receiveCalls: null,
      deleteCalls: null,
      writeUnits: null,
      readUnits: null,
    };
    expect(batchCost({ ...use, invocations: 500 }, 'x86')?.queueUsd).toBeCloseTo(0.8, 6);
    expect(batchCost({ ...use, invocations: 10 }, 'x86')?.queueUsd).toBeCloseTo(0.48, 6);
    expect(batchCost({ ...use, invocations: 10 }, 'x86')?.tableUsd).toBeCloseTo(0.625, 6);
  });

  it('is not known without the use of the writer', () => {
    const use = measuredRound('10/0', 1).measurement;
    expect(batchCost({ ...use, invocations: null }, 'x86')).toBeNull();
    expect(batchCost({ ...use, billedGbSeconds: null }, 'x86')).toBeNull();
    expect(batchCost({ ...use, accepted: 0 }, 'x86')).toBeNull();
  });
});

it('gives an interval from two rounds on, and none below zero', () => {
  expect(estimateOfRounds([])).toBeNull();
  expect(estimateOfRounds([7])).toEqual({ value: 7, low: null, high: null });
  const three = estimateOfRounds([9, 10, 11]);
  expect(three?.value).toBe(10);
  expect(three?.high).toBeCloseTo(10 + 4.3027 / Math.sqrt(3), 3);
  expect(estimateOfRounds([0, 10])?.low).toBe(0);
});

describe('figures of a cell', () => {
  it('are for 1,000 or a million orders, whatever a round had', () => {
    const [cell] = resultOf([
      measuredRound('10/1', 1, { accepted: 500, invocations: 60, writeCalls: 60, writeUnits: 500 }),
      measuredRound('10/1', 2, { accepted: 1000, invocations: 120, writeCalls: 120 }),
    ]).cells;
    expect(cell).toMatchObject({ status: 'measured', problem: null });
    expect(cell?.load).toMatchObject({
      rounds: 2,
      accepted: 1500,
      writeUnitsPerOrder: 1,
      invocationsPerThousand: { value: 120, low: 120, high: 120 },
      writeCallsPerThousand: { value: 120 },
    });
    expect(cell?.load?.batchFill).toBeCloseTo(1500 / 1800, 6);
    const parts = cell?.load?.costParts;
    expect(parts && totalOf(parts)).toBeCloseTo(cell?.load?.costPerMillionUsd?.value ?? 0, 9);
  });

  it('leave out rounds that say nothing, and name them', () => {
    const [cell] = resultOf([
      measuredRound('10/1', 1),
      measuredRound('10/1', 2, { problem: 'the run was INVALID: the generator fell behind' }),
    ]).cells;
    expect(cell?.load?.rounds).toBe(1);
    expect(cell?.problem).toBe(
      '1 of 2 rounds left out: the run was INVALID: the generator fell behind',
    );
  });

  it('do not leave out a round in which so many orders were not stored that p95 is not known', () => {
    const [cell] = resultOf(measuredRounds('1/0', [100, null, 110]), { sloLagP95Ms: 10_000 }).cells;
    expect(cell?.load?.lagMs.p95).toBeNull();
    expect(cell?.keepsSlo).toBe(false);
  });

  it('fail where orders are lost, or where the platform refuses the cell', () => {
    const { cells } = resultOf([
      measuredRound('10/0', 1, { lost: 3 }),
      measuredRound('25/0', 1, { failure: 'a batch size of 25 needs a window', accepted: 0 }),
      measuredRound('25/1', 1, { problem: 'the run was INVALID' }),
    ]);
    expect(cells).toMatchObject([
      { status: 'failed', problem: '3 orders of 1,000 accepted will never be stored' },
      { status: 'failed', problem: 'a batch size of 25 needs a window', load: null },
      { status: 'missing', problem: 'the run was INVALID', load: null },
    ]);
  });
});

describe('the front', () => {
  const frontOf = (rounds: readonly BatchRound[]) =>
    resultOf(rounds)
      .cells.filter(({ isOnFront }) => isOnFront)
      .map(nameOf);

  it('has the cells that no other beats in cost and lag', () => {
    const rounds = [
      ...measuredRounds('1/0', [40, 42, 41], { invocations: 1000 }),
      ...measuredRounds('10/0', [200, 210, 205], { invocations: 1000 }),
      ...measuredRounds('10/1', [900, 910, 905], { invocations: 100 }),
      ...measuredRounds('100/5', [4000, 4010, 4005], { invocations: 20 }),
    ];
    expect(frontOf(rounds)).toEqual(['1/0', '10/1', '100/5']);
  });

  it('keeps a cell that is worse only within its interval, or by less than 1%', () => {
    expect(
      frontOf([
        ...measuredRounds('10/1', [900, 950, 1000]),
        ...measuredRounds('25/1', [930, 980, 1030]),
      ]),
    ).toEqual(['10/1', '25/1']);
    expect(
      frontOf([
        ...measuredRounds('10/1', [1000, 1000, 1000]),
        ...measuredRounds('25/1', [1005, 1005, 1005]),
      ]),
    ).toEqual(['10/1', '25/1']);
  });

  it('is without failed cells', () => {
    expect(
      frontOf([
        ...measuredRounds('10/1', [100, 100], { lost: 1 }),
        ...measuredRounds('25/1', [900, 900]),
      ]),
    ).toEqual(['25/1']);
  });
});

describe('the choice', () => {
  const rounds = [
    ...measuredRounds('1/0', [40, 42, 41], { invocations: 1000 }),
    ...measuredRounds('10/1', [900, 910, 905], { invocations: 100 }),
    ...measuredRounds('100/5', [4000, 4010, 4005], { invocations: 20 }),
  ];
  const choose = (sloLagP95Ms: number | null, of: readonly BatchRound[] = rounds) =>
    resultOf(of, { sloLagP95Ms }).choice;

  it.each([
    [100, '1/0'],
    [1000, '10/1'],
    [5000, '100/5'],
    [null, '100/5'],
  ])('with a limit of %s ms is %s', (slo, name) => {
    const choice = choose(slo);
    expect(choice).toMatchObject({ outcome: 'chosen', notToldApart: [], sloLagP95Ms: slo });
    expect(choice.chosen && nameOf(choice.chosen)).toBe(name);
  });

  it('is none where no cell keeps the limit, and names the fastest', () => {
    expect(choose(30)).toMatchObject({
      outcome: 'keptByNone',
      chosen: null,
      reason: `No cell keeps p95 of the lag within 30 ms. The fastest is ${cellName({ batchSize: 1, windowSeconds: 0 })}: 41 ms.`,
    });
  });

  it('names a cheaper cell whose interval lies on both sides of the limit, and does not take it', () => {
    const straddling = measuredRounds('25/1', [950, 1050, 1000], { invocations: 40 });
    const choice = choose(1000, [...rounds, ...straddling]);
    expect(choice.chosen && nameOf(choice.chosen)).toBe('10/1');
    expect(choice.notToldApart.map(nameOf)).toEqual(['25/1']);
    const dear = measuredRounds('2/1', [950, 1050, 1000], { invocations: 900 });
    expect(choose(1000, [...rounds, ...dear]).notToldApart).toEqual([]);
  });

  it('is open if only cells on both sides of the limit are left', () => {
    expect(choose(1000, measuredRounds('25/1', [950, 1050, 1000]))).toMatchObject({
      outcome: 'inconclusive',
      chosen: null,
    });
    expect(choose(1000, measuredRounds('25/1', [950]))).toMatchObject({
      outcome: 'inconclusive',
      reason:
        'One round does not tell which cell keeps p95 of the lag within 1 s: it gives no interval.',
    });
    expect(choose(1000, [])).toMatchObject({
      outcome: 'inconclusive',
      reason: 'No cell was measured.',
    });
  });

  it('compares costs round by round, so a drift of all cells tells them apart', () => {
    const drifting = (cell: string, factor: number) =>
      [1, 1.5, 2].map((drift, index) =>
        measuredRound(cell, index + 1, { p95: 500, billedGbSeconds: 500 * drift * factor }),
      );
    const told = choose(1000, [...drifting('10/1', 1), ...drifting('25/1', 1.1)]);
    expect(told.chosen && nameOf(told.chosen)).toBe('10/1');
    expect(told.notToldApart).toEqual([]);
  });

  it('takes the faster one of cells that cost the same, and names the other', () => {
    const alike = [
      ...measuredRounds('10/1', [905, 906, 904], { receiveCalls: 1001 }),
      ...measuredRounds('25/1', [990, 991, 989], { receiveCalls: 1000 }),
    ];
    const choice = choose(1000, alike);
    expect(choice.chosen && nameOf(choice.chosen)).toBe('10/1');
    expect(choice.notToldApart.map(nameOf)).toEqual(['25/1']);
  });

  it('is without cells that lose orders', () => {
    const lossy = measuredRounds('100/1', [100, 101, 102], { invocations: 10, lost: 1 });
    const choice = choose(1000, [...rounds, ...lossy]);
    expect(choice.chosen && nameOf(choice.chosen)).toBe('10/1');
    expect(choose(1000, lossy)).toMatchObject({
      outcome: 'keptByNone',
      reason: 'Every cell failed.',
    });
  });

  it('is open if the costs are not known', () => {
    const unpriced = measuredRounds('10/1', [905, 906, 904], { invocations: null });
    expect(choose(1000, unpriced)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'The costs are not known.',
    });
  });
});
