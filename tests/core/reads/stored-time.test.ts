import { expect, it } from 'vitest';
import { parseStoredAtMs, stepOfTimesMs } from '../../../lib/core/reads/stored-time.ts';

const AT_MS = Date.UTC(2026, 10, 30, 9, 20, 0, 123);

it.each([
  ['epoch s', AT_MS / 1000],
  ['epoch ms', AT_MS],
  ['epoch µs', AT_MS * 1000],
  ['epoch ns', AT_MS * 1e6],
  ['epoch ms as a text', String(AT_MS)],
  ['ISO 8601', '2026-11-30T09:20:00.123Z'],
  ['ISO 8601 with microseconds and a zone', '2026-11-30T10:20:00.123000+01:00'],
  ['ISO 8601 without a zone, which is UTC', '2026-11-30T09:20:00.123'],
  ['what databases write', '2026-11-30 09:20:00.123+00'],
])('reads %s', (_, value) => {
  expect(parseStoredAtMs(value)).toBeCloseTo(AT_MS, 3);
});

it.each([
  [null],
  [undefined],
  [true],
  [{}],
  [''],
  ['soon'],
  [0],
  [-1],
  [NaN],
  ['2026-11-30'],
  ['2026-13-01T00:00:00Z'],
  [20261130092000],
])('takes %j for no time', (value) => {
  expect(parseStoredAtMs(value)).toBeNull();
});

it('finds the step in which times are told', () => {
  expect(stepOfTimesMs([1000, 62_000, 65_000])).toBe(1000);
  expect(stepOfTimesMs([60_000, 120_000, 240_000])).toBe(60_000);
  expect(stepOfTimesMs([60_000])).toBe(1000);
  expect(stepOfTimesMs([1010, 2020, 3030])).toBe(10);
  expect(stepOfTimesMs([1000, 1001, 1002])).toBe(1);
  expect(stepOfTimesMs([1010])).toBe(1);
});
