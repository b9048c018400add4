import { expect, it } from 'vitest';
import { pythonInt } from '../../../order-api/handlers/python-int.ts';

// Each line was checked with Python 3: int(json.loads(text)).
it.each([
  ['3', 3],
  ['3.0', 3],
  ['1.9', 1],
  ['-1.9', -1],
  ['-0.5', 0],
  ['1e2', 100],
  ['true', 1],
  ['false', 0],
  ['"12"', 12],
  ['" +12\\n"', 12],
  ['"-7"', -7],
  ['"1_000"', 1000],
  ['"007"', 7],
])('int(%s) is %d', (json, value) => {
  expect(pythonInt(JSON.parse(json))).toBe(value);
});

it.each(['"1.5"', '""', '"ten"', '"1__0"', '"_1"', '"0x10"', '"1e2"', 'null', '[]', '[1]', '{}'])(
  'int(%s) raises ValueError or TypeError',
  (json) => {
    expect(pythonInt(JSON.parse(json))).toBeNull();
  },
);

it('throws where Python raises OverflowError, and refuses what a number does not hold', () => {
  expect(() => pythonInt(JSON.parse('1e999'))).toThrow(RangeError);
  expect(pythonInt(2 ** 53)).toBeNull();
  expect(pythonInt('9007199254740993')).toBeNull();
});
