import { expect, it } from 'vitest';
import { preferIPv4 } from '../../../lib/node/http/prefer-ipv4.ts';

const V4 = { address: '127.0.0.1', family: 4 };
const V6 = { address: '::1', family: 6 };

/** What Node is told for a name with these addresses. */
function resolved(addresses: (typeof V4)[], all: boolean, error: Error | null = null): unknown[] {
  let told: unknown[] = [];
  const lookup = preferIPv4((_name, options, callback) => {
    expect(options.all).toBe(true);
    callback(error, addresses);
  });
  lookup('localhost', { all }, (...answer) => {
    told = answer;
  });
  return told;
}

it('leaves IPv6 out where there is an IPv4 address', () => {
  expect(resolved([V6, V4], true)).toEqual([null, [V4]]);
  expect(resolved([V6, V4], false)).toEqual([null, '127.0.0.1', 4]);
});

it('takes IPv6 where there is nothing else', () => {
  expect(resolved([V6], true)).toEqual([null, [V6]]);
  expect(resolved([V6], false)).toEqual([null, '::1', 6]);
});

it('hands an error on', () => {
  const error = new Error('no such name');
  expect(resolved([], true, error)[0]).toBe(error);
});
