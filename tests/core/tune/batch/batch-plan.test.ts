import { describe, expect, it } from 'vitest';
import type { BatchCell } from '../../../../lib/core/tune/batch/batch-cell.ts';
import {
  batchCells,
  leastLoadSeconds,
  poisonTrials,
  quietTrials,
  trialSeconds,
} from '../../../../lib/core/tune/batch/batch-plan.ts';

const cellsOf = (sizes: readonly number[], windowsSeconds: readonly number[]) =>
  batchCells({ sizes, windowsSeconds });
const namesOf = (cells: readonly BatchCell[]) =>
  cells.map(({ batchSize, windowSeconds }) => `${batchSize}/${windowSeconds}`).join(' ');

describe('the cells of a batch sweep', () => {
  it('are every size with every window, but for a batch of one, which is full at once', () => {
    expect(namesOf(cellsOf([25, 1, 10], [5, 0, 1]))).toBe('1/0 10/0 10/1 10/5 25/0 25/1 25/5');
    expect(namesOf(cellsOf([1, 1], [5, 3]))).toBe('1/3');
  });

  it('get a message that never succeeds once for each size, in the same window as far as AWS allows it', () => {
    expect(namesOf(poisonTrials(cellsOf([1, 10, 25], [0, 1, 5])))).toBe('1/0 10/1 25/1');
    expect(namesOf(poisonTrials(cellsOf([2, 10], [0, 1])))).toBe('2/0 10/0');
    expect(namesOf(poisonTrials(cellsOf([10, 25], [0])))).toBe('10/0');
    expect(poisonTrials(cellsOf([10], [0]))[0]?.condition).toBe('poison');
  });

  it('are measured with hardly any orders once for each window, with the largest batch that AWS allows', () => {
    expect(namesOf(quietTrials(cellsOf([1, 10, 25], [0, 1, 5])))).toBe('10/0 25/1 25/5');
    expect(namesOf(quietTrials(cellsOf([25], [0, 1])))).toBe('25/1');
    expect(quietTrials(cellsOf([10], [0]))[0]?.condition).toBe('quiet');
  });

  it('need a load of four times their longest window', () => {
    expect(leastLoadSeconds(cellsOf([10], [0, 1]))).toBe(10);
    expect(leastLoadSeconds(cellsOf([10], [0, 5]))).toBe(20);
  });
});

describe('the time that a trial takes', () => {
  const times = { loadSeconds: 20, retrySeconds: 60 };
  it.each([
    ['1/0', 'load', 25],
    ['10/1', 'load', 45],
    ['1/1', 'load', 25],
    ['25/0', 'load', 0],
    ['25/1', 'quiet', 45],
    ['25/1', 'poison', 65],
  ] as const)('%s under %s is %i s', (name, condition, seconds) => {
    const [batchSize, windowSeconds] = name.split('/').map(Number) as [number, number];
    expect(trialSeconds({ batchSize, windowSeconds, condition }, times)).toBe(seconds);
  });
});
