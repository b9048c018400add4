import { expect, it } from 'vitest';
import { clockOffset, type DatedAnswer } from '../../../lib/core/reads/clock-offset.ts';

/** Answers of a clock that is ahead, every one of which took 20 ms. */
function answersAhead(aheadMs: number, count = 200): DatedAnswer[] {
  return Array.from({ length: count }, (_, i) => {
    const sentMs = 1_000_000 + i * 37;
    const serverMs = sentMs + 10 + aheadMs;
    return { sentMs, receivedMs: sentMs + 20, dateMs: Math.floor(serverMs / 1000) * 1000 };
  });
}

it.each([2345, -3000, 0])('finds to about a round trip that a clock is %i ms ahead', (aheadMs) => {
  const offset = clockOffset(answersAhead(aheadMs));
  expect(Math.abs((offset?.offsetMs ?? 0) - aheadMs)).toBeLessThanOrEqual(
    offset?.uncertaintyMs ?? 0,
  );
  expect(offset?.uncertaintyMs).toBeLessThan(40);
});

it('is not led astray by some headers that were written late', () => {
  const answers = answersAhead(2345).map((answer, i) =>
    i % 10 === 0 ? { ...answer, dateMs: answer.dateMs - 1000 } : answer,
  );
  const offset = clockOffset(answers);
  expect(Math.abs((offset?.offsetMs ?? 0) - 2345)).toBeLessThanOrEqual(offset?.uncertaintyMs ?? 0);
});

it('is unknown without answers, and where they contradict each other', () => {
  expect(clockOffset([])).toBeNull();
  const at = (sentMs: number, dateMs: number) => ({ sentMs, receivedMs: sentMs + 1, dateMs });
  expect(clockOffset([at(1000, 9000), at(1000, 1000)])).toBeNull();
});
