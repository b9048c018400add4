import { expect, it } from 'vitest';
import { codeOf, reasonOf } from '../../../lib/core/errors/reason-of.ts';

it.each([
  [new Error('the disk is full'), 'the disk is full'],
  [new RangeError(''), 'RangeError'],
  ['thrown as text', 'thrown as text'],
  [undefined, 'undefined'],
])('reasonOf(%o) is %s', (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});

it.each([
  [Object.assign(new Error('gone'), { code: 'ENOENT' }), 'ENOENT'],
  [Object.assign(new Error('odd'), { code: 7 }), undefined],
  [new Error('none'), undefined],
  [null, undefined],
])('codeOf(%o) is %s', (error, code) => {
  expect(codeOf(error)).toBe(code);
});
