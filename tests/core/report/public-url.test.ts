import { expect, it } from 'vitest';
import { publicUrl } from '../../../lib/core/report/public-url.ts';

it.each([
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['https://user:p%40ss@host/stage?key=1', 'https://host/stage'],
  ['https://user:p@ss@host', 'https://host'],
  ['https://host/a@b', 'https://host/a@b'],
  ['https://host#frag', 'https://host'],
])('publicUrl(%s) is %s', (url, expected) => {
  expect(publicUrl(url)).toBe(expected);
});
