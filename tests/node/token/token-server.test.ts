import { request } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { startTokenServer } from '../../../lib/node/token/token-server.ts';

it('hands the token to whoever knows the path, and takes note of refused orders', async () => {
  const refused: unknown[][] = [];
  const server = await startTokenServer({
    current: () => ({ token: 'abc', generation: 2 }),
    askInMs: () => 1000,
    refused: (...told) => void refused.push(told),
  });
  onTestFinished(server.close);
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
  expect(server.url.endsWith(server.secret)).toBe(true);
  const get = async (url: string) => {
    const { statusCode, body } = await request(url);
    return [statusCode, await body.text()] as const;
  };
  const answer = '{"token":"abc","generation":2,"askInMs":1000}';
  expect(await get(server.url)).toEqual([200, answer]);
  expect(await get(`${server.url}?generation=1&refused=3&expired=2`)).toEqual([200, answer]);
  expect(await get(`${server.url}?generation=1&refused=4&expired=0`)).toEqual([200, answer]);
  const { origin } = new URL(server.url);
  for (const path of ['/', '/x', `/${'x'.repeat(32)}`, `/${server.secret}/x`]) {
    expect(await get(origin + path)).toEqual([404, '']);
  }
  expect(refused).toEqual([
    [1, 3, true],
    [1, 4, false],
  ]);
});
