import { expect, it } from 'vitest';
import { ratioChange } from '../../../lib/questions/ab/ratio-change.ts';

it.each([
  [1.042, '+4.2%'],
  [0.5, '−50.0%'],
  [0.9999, '0.0%'],
])('writes %f as %s', (ratio, text) => expect(ratioChange(ratio)).toBe(text));
