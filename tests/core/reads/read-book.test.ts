import { describe, expect, it } from 'vitest';
import { readsPerSecond } from '../../../lib/core/reads/read-pace.ts';
import { simulatePath } from './simulated-api.ts';

const PATH = { seed: 1, ratePerSecond: 20, loadMs: 12_000, waitMs: 60_000, lagMs: () => 500 };

describe('the pace of reads', () => {
  it('is that of the load, or up to twice that to fit the orders into half of the wait', () => {
    expect(readsPerSecond(600, 60_000, 30)).toBe(30);
    expect(readsPerSecond(600, 60_000, 15)).toBe(20);
    expect(readsPerSecond(600, 60_000, 500)).toBe(100);
    expect(readsPerSecond(600, 6000, 20)).toBe(40);
    expect(readsPerSecond(5, 60_000, 1)).toBe(10);
  });
});

describe('which order is read when', () => {
  it('reads each order once where all are stored', () => {
    const { facts, sent } = simulatePath(PATH);
    expect(facts.reads).toMatchObject({ asked: 240, notAsked: 0, found: 240 });
    expect(sent).toBeLessThan(250);
  });

  it('keeps up its pace though answers take long', () => {
    const { facts } = simulatePath({ ...PATH, loadMs: 30_000, answerMs: 1500 });
    expect(facts.reads).toMatchObject({ asked: 600, found: 600 });
  });

  it('cuts the sample to a short wait, evenly', () => {
    const { facts, book } = simulatePath({ ...PATH, loadMs: 60_000, waitMs: 6000 });
    const asked = book.orders.filter(({ reads }) => reads > 0);
    expect(facts.reads).toMatchObject({ found: asked.length, missing: 0 });
    expect(asked.length).toBeGreaterThan(150);
    expect(asked.length).toBeLessThan(260);
    const inFirstHalf = asked.filter(({ iteration }) => iteration < 600).length;
    expect(Math.abs(inFirstHalf / asked.length - 0.5)).toBeLessThan(0.03);
  });

  it('looks at orders again that were not there, and asks for no new ones meanwhile', () => {
    const { facts } = simulatePath({ ...PATH, lagMs: () => 80_000 });
    expect(facts.reads).toMatchObject({ found: 0, missingWhy: 'noneFound' });
    expect(facts.reads?.asked).toBeLessThan(60);
    const { facts: later } = simulatePath({ ...PATH, lagMs: () => 30_000 });
    expect(later.reads).toMatchObject({ asked: 240, found: 240 });
  });

  it('slows down for a target that asks for it, and loses no order by it', () => {
    const { facts, book, sent } = simulatePath({ ...PATH, capacity: 5 });
    const { slowedDown = 0, asked = 0 } = facts.reads ?? {};
    expect(facts.reads).toMatchObject({ lost: 0, missing: 0, unreadable: 0 });
    expect(asked).toBeGreaterThan(150);
    expect(slowedDown).toBeGreaterThan(0);
    expect(slowedDown).toBeLessThan(sent / 3);
    expect(book.unclear.get('429')).toBe(slowedDown);
  });

  it('reads again what came without a time where others have one', () => {
    const { facts } = simulatePath({
      ...PATH,
      lagMs: () => 5000,
      readOf: (_, atMs, storedMs) =>
        storedMs !== null && storedMs > atMs ? { kind: 'found', storedAt: undefined } : null,
    });
    expect(facts.sample).toMatchObject({ stored: 240, withoutStoredAt: 0, lagMs: { p50: 5000 } });
  });

  it('ends at once where no order has a time', () => {
    const { facts, sent } = simulatePath({
      ...PATH,
      readOf: () => ({ kind: 'found', storedAt: undefined }),
    });
    expect(sent).toBe(240);
    expect(facts.sample).toMatchObject({ stored: 240, withoutStoredAt: 240 });
  });
});
