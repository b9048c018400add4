import { expect, it } from 'vitest';
import { proxyOf } from '../../../lib/node/http/proxy-of.ts';

const PROXY = 'http://proxy.test:3128/';
const asked = (url: string, env: Readonly<Record<string, string>>) => proxyOf(url, env)?.href;

it('asks the proxy of the protocol, in either spelling of the variable', () => {
  const env = { HTTP_PROXY: PROXY, https_proxy: 'http://secure.test:3128' };
  expect(asked('http://shop.test/v1', env)).toBe(PROXY);
  expect(asked('https://shop.test', env)).toBe('http://secure.test:3128/');
  expect(asked('https://shop.test', { HTTP_PROXY: PROXY })).toBeUndefined();
  expect(asked('http://shop.test', { HTTP_PROXY: '', http_proxy: PROXY })).toBe(PROXY);
  expect(asked('http://shop.test', {})).toBeUndefined();
});

it('takes a proxy without a protocol for an http one', () => {
  for (const text of ['proxy.test:3128', 'http://proxy.test:3128']) {
    expect(asked('http://shop.test', { HTTP_PROXY: text })).toBe(PROXY);
  }
  expect(asked('http://shop.test', { HTTP_PROXY: '10.1.2.3:80' })).toBe('http://10.1.2.3/');
});

it.each(['http://localhost:1', 'http://127.0.0.1', 'http://127.8.8.8', 'http://[::1]:3010'])(
  'never asks one for %s',
  (url) => expect(asked(url, { HTTP_PROXY: PROXY })).toBeUndefined(),
);

it.each([
  ['*', 'http://shop.test', true],
  ['shop.test', 'http://shop.test', true],
  ['SHOP.test', 'http://shop.test', true],
  ['shop.test', 'http://eu.shop.test', true],
  ['shop.test', 'http://workshop.test', false],
  ['.shop.test', 'http://eu.shop.test', true],
  ['.shop.test', 'http://shop.test', false],
  ['*.shop.test', 'http://eu.shop.test', true],
  ['*.shop.test', 'http://shop.test', false],
  ['a.test, shop.test ,', 'http://shop.test', true],
  ['a.test shop.test', 'http://shop.test', false],
  ['shop.test:80', 'http://shop.test', true],
  ['shop.test:8080', 'http://shop.test', false],
  ['shop.test:8080', 'http://shop.test:8080', true],
  ['10.0.0.0/8', 'http://10.9.8.7', true],
  ['10.0.0.0/8', 'http://11.9.8.7', false],
  ['10.0.0.0/8', 'http://shop.test', false],
  ['10.0.0.0/40', 'http://10.0.0.0', false],
  ['10.9.8.7', 'http://10.9.8.7', true],
  ['10.9.8.7:81', 'http://10.9.8.7', false],
  ['fd00::/8', 'http://[fd00::1]', true],
  ['fd00::1', 'http://[fd00::1]', true],
  ['[fd00::1]:80', 'http://[fd00::1]', true],
  ['fd00::1', 'http://[fd00::2]', false],
  ['7', 'http://10.9.8.7', false],
  ['', 'http://shop.test', false],
  [':80', 'http://shop.test', false],
])('NO_PROXY=%s takes %s out: %s', (noProxy, url, isOut) => {
  expect(asked(url, { HTTP_PROXY: PROXY, NO_PROXY: noProxy })).toBe(isOut ? undefined : PROXY);
});
