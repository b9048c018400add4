import { expect, it } from 'vitest';
import { checkHostHeader } from '../../../lib/app/run/check-host-header.ts';
import { DEFAULT_ORDER_MAPPING } from '../../../lib/core/order/order-mapping.ts';

const check = (value: string, allowHosts: readonly string[]) =>
  checkHostHeader(
    { headers: [{ name: 'Host', env: 'SHOP' }], mapping: DEFAULT_ORDER_MAPPING },
    { SHOP: value },
    allowHosts,
  );

it.each([
  ['shop.test', ['shop.test']],
  ['shop.test:8443', ['*.test', 'shop.test:8443']],
  ['localhost:3000', []],
])('lets orders name the host %s', (value, allowHosts) => {
  expect(() => check(value, allowHosts)).not.toThrow();
});

it.each([
  ['shop.test', [], 'E_HOST_NOT_ALLOWED'],
  ['shop.test', ['shop.test:8443'], 'E_HOST_NOT_ALLOWED'],
  ['http://shop.test', ['shop.test'], 'E_HOST_HEADER'],
  ['shop.test/v1', ['shop.test'], 'E_HOST_HEADER'],
  ['a b', [], 'E_HOST_HEADER'],
])('refuses %s where %j may be loaded', (value, allowHosts, code) => {
  expect(() => check(value, allowHosts)).toThrow(expect.objectContaining({ code, exitCode: 2 }));
});

it('looks at the headers of the config file too, and at no other header', () => {
  const headers = [{ name: 'x-host', env: 'SHOP' }];
  const mapping = { ...DEFAULT_ORDER_MAPPING, headers: { hOST: 'shop.test' } };
  expect(() => checkHostHeader({ headers, mapping }, { SHOP: 'other.test' }, [])).toThrow(
    /^shop\.test is not this machine/,
  );
  expect(() =>
    checkHostHeader({ headers, mapping }, { SHOP: 'other.test' }, ['shop.test']),
  ).not.toThrow();
});
