import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../lib/core/reads/read-answer.ts';
import { simulatePath } from './simulated-api.ts';

const PATH = { seed: 1, ratePerSecond: 20, loadMs: 12_000, waitMs: 60_000, lagMs: () => 2000 };
const FOUND_ELSE: Reading = { kind: 'unclear', what: '200 with another order' };
const everyTenthIsLost = (iteration: number) => (iteration % 10 === 0 ? null : 2000);

describe('which orders are lost', () => {
  it('are those that were not there long after all others', () => {
    const { facts, book, storedMs } = simulatePath({ ...PATH, lagMs: everyTenthIsLost });
    expect(facts.reads).toMatchObject({ found: 216, lost: 24, missing: 0, longestMs: 2000 });
    expect(facts.reads?.neededMs).toBe(35_000);
    const lost = book.orders.filter(({ told }) => told === 'absent');
    expect(lost.every(({ iteration }) => storedMs.get(iteration) === null)).toBe(true);
  });

  it.each([
    ['the wait was too short for it', { waitMs: 20_000 }, 'tooShort'],
    ['others took nearly as long', { lagMs: lostOrAfter(25_000), waitMs: 40_000 }, 'tooShort'],
    ['no read found any order', { lagMs: () => 80_000 }, 'noneFound'],
    ['the queue stands still', { lagMs: (i: number) => (i > 200 ? null : 300) }, 'noneAfter'],
    ['reads stopped to find orders', { readOf: blindAfterMs(40_000) }, 'unsteady'],
    [
      'reads miss orders that are there',
      { failing: 0.3, failsWith: { kind: 'absent' } },
      'unsteady',
    ],
    ['few lags are known', { ratePerSecond: 0.5, lagMs: lostOrAfter(20_000) }, 'tooShort'],
  ] as const)('are none where %s', (_, changes, missingWhy) => {
    const path = { ...PATH, lagMs: everyTenthIsLost, ...changes };
    const { facts } = simulatePath(path);
    expect(facts.reads).toMatchObject({ lost: 0, missingWhy });
    expect(facts.reads?.missing).toBeGreaterThan(0);
  });

  it('are not those of which no read told anything', () => {
    const { facts } = simulatePath({
      ...PATH,
      readOf: (iteration) => (iteration % 40 === 7 ? FOUND_ELSE : null),
    });
    expect(facts.reads).toMatchObject({ found: 234, lost: 0, missing: 0, unreadable: 6 });
    expect(facts.reads?.answers[0]).toMatchObject({ answer: '200 with another order' });
  });

  it('are found out through reads half of which fail', () => {
    const { facts } = simulatePath({ ...PATH, lagMs: everyTenthIsLost, failing: 0.5 });
    expect(facts.reads).toMatchObject({ found: 216, lost: 24, unreadable: 0 });
  });
});

describe('the time of storing', () => {
  it.each([
    ['epoch s', (ms: number) => Math.floor(ms / 1000), 500],
    ['epoch µs', (ms: number) => ms * 1000, 1],
    ['ISO 8601', (ms: number) => new Date(ms).toISOString(), 1],
  ])('is understood in %s', (_, writeTime, offByMs) => {
    const { facts } = simulatePath({ ...PATH, writeTime });
    expect(facts.sample.withoutStoredAt).toBe(0);
    expect(Math.abs((facts.sample.lagMs.p50 ?? 0) - 2000)).toBeLessThanOrEqual(offByMs);
  });

  it.each([-3000, 3000])(
    'is put right by the Date headers where a clock is off by %i ms',
    (skewMs) => {
      const { facts } = simulatePath({ ...PATH, skewMs });
      const { offsetMs, uncertaintyMs } = facts.clock;
      expect(Math.abs((offsetMs ?? 0) - skewMs)).toBeLessThanOrEqual(uncertaintyMs ?? 0);
      expect(Math.abs((facts.sample.lagMs.p50 ?? 0) - 2000)).toBeLessThanOrEqual(
        uncertaintyMs ?? 0,
      );
    },
  );

  it.each([
    ['before the order was sent', { skewMs: -3000, undated: true }, 'beforeAcceptance'],
    ['in the future', { skewMs: 600_000, undated: true }, 'inFuture'],
    [
      'before reads that did not find it',
      { lagMs: () => 9000, writeTime: (ms: number) => ms - 8000 },
      'notThereYet',
    ],
    ['no time', { writeTime: () => 'yesterday' }, 'noTime'],
  ] as const)('is not believed where it is %s', (_, changes, why) => {
    const { facts } = simulatePath({ ...PATH, ...changes });
    const doubted = facts.reads?.doubted[why] ?? 0;
    expect(doubted).toBeGreaterThan(12);
    expect(facts.sample.stored).toBe(240);
    // It counts as later than all others.
    expect(facts.sample.lagMs).toMatchObject({ count: 240, p99: null });
  });
});

function lostOrAfter(lagMs: number) {
  return (iteration: number) => (iteration % 10 === 0 ? null : lagMs);
}

function blindAfterMs(ms: number) {
  return (_: number, atMs: number): Reading | null =>
    atMs > 1_764_490_000_000 + ms ? { kind: 'absent' } : null;
}
