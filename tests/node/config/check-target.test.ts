import { expect, it } from 'vitest';
import { checkHost, isLoopback } from '../../../lib/core/config/check-host.ts';
import { optionsFromFlags } from '../../../lib/core/config/read-options.ts';
import { parseTarget } from '../../../lib/node/config/parse-target.ts';

/** As a run does it: the option's parser, then the URL parser, then the guard. */
function judge(target: string, ...allowed: string[]): string {
  const allowHosts =
    allowed.length === 0 ? [] : (optionsFromFlags({ allowHosts: allowed }).values.allowHosts ?? []);
  const option = optionsFromFlags({ target }).values.target ?? '';
  const { baseUrl, url } = parseTarget(option);
  checkHost(url, allowHosts);
  return baseUrl;
}

it.each([
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://LOCALHOST', 'http://localhost'],
  ['http://127.0.0.1:3000/prod/', 'http://127.0.0.1:3000/prod'],
  ['https://127.255.255.254', 'https://127.255.255.254'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  ['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
  ['http://2130706433', 'http://127.0.0.1'],
  ['http://0x7f.1', 'http://127.0.0.1'],
  ['http://0177.0.0.1', 'http://127.0.0.1'],
  ['http://１２７.0.0.1', 'http://127.0.0.1'],
])('loads %s without a word, as %s', (target, baseUrl) => {
  expect(judge(target)).toBe(baseUrl);
});

it.each([
  'http://example.com',
  'http://0.0.0.0:3000',
  'http://0',
  'http://10.0.0.1',
  'http://169.254.169.254',
  'http://3232235777',
  'http://0xA9FEA9FE',
  'http://128.0.0.1',
  'http://127.0.0.1.example.com',
  'http://127.0.0.1.nip.io',
  'http://localhost.example.com',
  'http://localhost.',
  'http://notlocalhost',
  'http://foo.localhost',
  'http://[::]',
  'http://[::2]',
  'http://[::ffff:169.254.169.254]',
  'http://[::ffff:7f00:1]',
  'http://ⓔxample.com',
])('refuses %s and says how to allow it', (target) => {
  expect(() => judge(target)).toThrow(
    expect.objectContaining({
      code: 'E_HOST_NOT_ALLOWED',
      exitCode: 2,
      message: expect.stringContaining('--allow-host'),
    }),
  );
});

it.each([
  'http://127.0.0.1@evil.com',
  'http://user:canary@127.0.0.1',
  'http://127.0.0.1\\@evil.com',
  'http://127.0.0.1#@evil.com',
  'http://127.0.0.1?@evil.com',
  'http://127.0.0.1/?a=b',
  'ftp://127.0.0.1',
  'javascript:alert(1)',
  'file:///etc/passwd',
  '//127.0.0.1',
  'http:127.0.0.1',
  'http://127.0.0.1:99999',
  'http://127.0.0.999',
  'http://exa mple.com',
  'http://127.0.0.1\n.evil.com',
])('refuses the spelling %j with exit code 2, whoever is allowed', (target) => {
  const refused = expect.objectContaining({
    exitCode: 2,
    message: expect.not.stringContaining('canary'),
  });
  expect(() => judge(target, 'evil.com', '127.0.0.1')).toThrow(refused);
});

it.each([
  ['https://api.example.com/prod', 'api.example.com'],
  ['https://API.Example.com', 'api.EXAMPLE.com'],
  ['https://api.example.com.', 'api.example.com'],
  ['https://api.example.com', 'api.example.com:443'],
  ['http://api.example.com', 'api.example.com:80'],
  ['https://api.example.com:8443', 'api.example.com:8443'],
  ['https://api.example.com:8443', 'api.example.com'],
  ['https://a.b.example.com', '*.example.com'],
  ['http://[fd00::1]:80', '[fd00::1]:80'],
  ['http://0.0.0.0:3000', '0.0.0.0'],
])('loads %s when %s is allowed', (target, allowed) => {
  expect(judge(target, 'other.org', allowed)).toMatch(/^https?:/);
});

it.each([
  ['https://example.com', '*.example.com'],
  ['https://badexample.com', '*.example.com'],
  ['https://example.com.evil.com', '*.example.com'],
  ['https://example.com.evil.com', 'example.com'],
  ['https://api.example.com:8443', 'api.example.com:443'],
  ['https://api.example.com', 'api.example.com:80'],
  ['https://sub.api.example.com', 'api.example.com'],
  ['http://[fd00::2]', '[fd00::1]'],
])('refuses %s when only %s is allowed', (target, allowed) => {
  expect(() => judge(target, allowed)).toThrow(
    expect.objectContaining({ code: 'E_HOST_NOT_ALLOWED' }),
  );
});

it('takes no name for loopback that only contains an address', () => {
  expect(isLoopback('127.0.0.1')).toBe(true);
  expect(isLoopback('x127.0.0.1')).toBe(false);
  expect(isLoopback('127.0.0.1x')).toBe(false);
});
