import { expect, it } from 'vitest';
import { proxyFor } from '../../../lib/node/run/proxy-for.ts';

const HTTP_PROXY = 'http://proxy:3128';

it.each([
  ['http://shop.test', { HTTP_PROXY }, HTTP_PROXY],
  ['http://shop.test', { http_proxy: HTTP_PROXY }, HTTP_PROXY],
  ['http://shop.test', { HTTP_PROXY: 'proxy:3128' }, HTTP_PROXY],
  ['https://shop.test', { HTTP_PROXY }, null],
  ['https://shop.test', { HTTPS_PROXY: HTTP_PROXY }, HTTP_PROXY],
  ['http://shop.test', {}, null],
  ['http://localhost:3000', { HTTP_PROXY }, null],
  ['http://127.0.0.1:3000', { HTTP_PROXY }, null],
  ['http://[::1]:3000', { HTTP_PROXY }, null],
])('asks for %s under %o: %s', (url, env, proxy) => {
  expect(proxyFor(url, env)).toBe(proxy);
});

it.each([
  ['*', true],
  ['shop.test', true],
  ['Shop.Test', true],
  ['test', true],
  ['.test', true],
  ['*.test', true],
  ['other, shop.test', true],
  ['shop.test:8080', true],
  ['shop.test:80', false],
  ['.shop.test', false],
  ['hop.test', false],
  ['', false],
  ['10.0.0.0/8', false],
])('NO_PROXY=%s keeps it from shop.test: %s', (noProxy, isKept) => {
  const env = { HTTP_PROXY, NO_PROXY: noProxy };
  expect(proxyFor('http://shop.test:8080', env)).toBe(isKept ? null : HTTP_PROXY);
});

it.each([
  ['http://10.1.2.3', '10.0.0.0/8', true],
  ['http://10.1.2.3', '10.1.2.3', true],
  ['http://10.1.2.3', '10.1.2.3:81', false],
  ['http://10.1.2.3', '11.0.0.0/8', false],
  ['http://[fd00::7]', 'fd00::/8', true],
  ['http://[fd00::7]', '[fd00::7]:80', true],
])('for %s NO_PROXY=%s: %s', (url, noProxy, isKept) => {
  expect(proxyFor(url, { HTTP_PROXY, NO_PROXY: noProxy })).toBe(isKept ? null : HTTP_PROXY);
});
