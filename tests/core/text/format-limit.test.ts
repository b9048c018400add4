import { expect, it } from 'vitest';
import { formatMsLimit, formatRatioLimit } from '../../../lib/core/text/format-limit.ts';

it.each([
  [50, '50 ms'],
  [999.5, '999.5 ms'],
  [1000, '1 s'],
  [1234, '1.234 s'],
  [60_000, '60 s'],
])('writes a limit of %f ms without rounding', (limitMs, text) =>
  expect(formatMsLimit(limitMs)).toBe(text),
);

it.each([
  [0.99, '99%'],
  [0.99995, '99.995%'],
  [0.07, '7%'],
  [1, '100%'],
])('writes a limit of %f without rounding', (limit, text) =>
  expect(formatRatioLimit(limit)).toBe(text),
);
