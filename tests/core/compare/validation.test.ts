import { expect, it } from 'vitest';
import {
  duetCell,
  nightCell,
  runCell,
  successCell,
  type Verdicts,
} from '../../../studies/compare/compare-cells.ts';

/**
 * A small part of studies/compare/compare-validation.ts with the same seeds each time. 6% is promised of 2,000
 * comparisons; of so few it may be a little more by chance, which a fixed seed decides once.
 */
const FEW = 100;
const flagged = ({ regress, improve }: Verdicts) => regress + improve;

it.each([0, 0.03])('flags few of runs that are the same, at a run-to-run CV of %d', (runCv) => {
  const cell = runCell({ seed: 11, repeats: FEW, shape: { runCv } });
  expect(flagged(cell['pair without history'])).toBe(0);
  for (const [mode, verdicts] of Object.entries(cell)) {
    expect(flagged(verdicts), mode).toBeLessThanOrEqual(6);
  }
});

it('flags few nights that are the same, though the runs of a night are alike', () => {
  const shape = { runCv: 0.01, nightCv: 0.03 };
  const night = { seed: 15, repeats: 60, nights: 8, runsANight: 3, shape };
  // A standard error that falls with the runs of the night flags ten of them.
  expect(flagged(nightCell(night))).toBeLessThanOrEqual(4);
  expect(nightCell({ ...night, slower: 0.2 }).regress).toBeGreaterThanOrEqual(54);
});

it('finds 10% with five runs of each side and a history', () => {
  const cell = runCell({ seed: 12, repeats: 60, slower: 0.1, shape: { runCv: 0.03 } });
  expect(cell['5 v 5, history of 20'].regress).toBeGreaterThanOrEqual(56);
  expect(cell['pair without history'].inconclusive).toBe(60);
});

it('finds 5% with a duet of five rounds', () => {
  const duet = { seed: 13, repeats: FEW, rounds: 5, residual: 0.01 };
  expect(flagged(duetCell(duet))).toBeLessThanOrEqual(6);
  expect(duetCell({ ...duet, slower: 0.05 }).regress).toBeGreaterThanOrEqual(80);
});

it('is not taken in by failures in bursts', () => {
  const shape = { failureRatio: 0.02, burstSd: 1.2 };
  const { interval, gated } = successCell({ seed: 14, repeats: FEW, shape });
  expect(interval).toBeLessThanOrEqual(10);
  expect(gated).toBeLessThanOrEqual(6);
});
