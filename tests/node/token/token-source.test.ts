import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { FreshToken } from '../../../lib/core/auth/fresh-token.ts';
import { startTokenSource, type TokenSource } from '../../../lib/node/token/token-source.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

type Answers = readonly (FreshToken | string)[];

/** A source that gets these one after the other, and the last again and again. */
async function start(answers: Answers) {
  const said: string[] = [];
  const hidden: string[] = [];
  let asked = 0;
  const source = await startTokenSource({
    get: async () => answers[Math.min(asked++, answers.length - 1)] as FreshToken | string,
    onToken: (token) => hidden.push(token),
    say: (line) => said.push(line),
  });
  if (typeof source === 'string') throw new Error(source);
  onTestFinished(source.stop);
  return { source, said, hidden, asked: () => asked };
}

const tokenOf = ({ current }: TokenSource) => current().token;
const named = (token: string, lifeMs: number | null = 30_000): FreshToken => ({ token, lifeMs });

describe('a token', () => {
  it('gives way to the next before it ends', async () => {
    const { source, hidden } = await start([named('a'), named('b'), named('c')]);
    expect(source.current()).toEqual({ token: 'a', generation: 1 });
    expect(source.askInMs()).toBe(15_250);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(tokenOf(source)).toBe('a');
    await vi.advanceTimersByTimeAsync(1);
    expect(source.current()).toEqual({ token: 'b', generation: 2 });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(tokenOf(source)).toBe('c');
    expect(hidden).toEqual(['a', 'b', 'c']);
    expect(source.facts()).toEqual({
      ...{ renewals: 2, failures: 0 },
      ...{ lastFailure: null, refusedOrders: 0 },
    });
  });

  it('is the first or there is none, with the reason', async () => {
    const get = async () => 'it printed nothing';
    expect(await startTokenSource({ get, onToken: () => undefined, say: () => undefined })).toBe(
      'it printed nothing',
    );
  });

  it('of unknown life is renewed after a 401, and not after a 403', async () => {
    const { source, asked } = await start([named('a', null), named('b', null)]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    source.refused(1, 5, false);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked()).toBe(1);
    source.refused(1, 5, true);
    await vi.advanceTimersByTimeAsync(1);
    expect(tokenOf(source)).toBe('b');
    // Orders that were in flight meanwhile.
    source.refused(1, 5, true);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked()).toBe(2);
    expect(source.facts().refusedOrders).toBe(0);
  });

  it('is not asked for over and over where new ones are refused too', async () => {
    const { source, asked } = await start([named('a', null)]);
    for (let second = 0; second < 120; second += 1) {
      source.refused(source.current().generation, 10, true);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(asked()).toBeLessThan(10);
    expect(asked()).toBeGreaterThan(3);
  });
});

it('that comes too late counts what was refused after the end', async () => {
  let give: (fresh: FreshToken) => void = () => undefined;
  const answers = [Promise.resolve(named('a', 10_000)), new Promise<FreshToken>((r) => (give = r))];
  const source = await startTokenSource({
    get: () => answers.shift() as Promise<FreshToken>,
    ...{ onToken: () => undefined, say: () => undefined },
  });
  if (typeof source === 'string') throw new Error(source);
  onTestFinished(source.stop);
  await vi.advanceTimersByTimeAsync(9000);
  source.refused(1, 2, true);
  await vi.advanceTimersByTimeAsync(2000);
  source.refused(1, 3, true);
  give(named('b'));
  await vi.advanceTimersByTimeAsync(1);
  source.refused(1, 1, true);
  expect(source.facts()).toEqual({
    ...{ renewals: 1, failures: 0, lastFailure: null },
    refusedOrders: 4,
  });
});

describe('renewing that fails', () => {
  it('is said once, tried again, and counts what was refused meanwhile', async () => {
    const { source, said } = await start([
      named('a', 20_000),
      ...['exit code 1', 'exit code 1', 'exit code 1', 'exit code 1'],
      named('b'),
    ]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(said).toEqual(['token     could not be renewed: exit code 1']);
    expect(source.askInMs()).toBe(250);
    // The token still holds: a 403 has another cause.
    source.refused(1, 3, false);
    expect(source.facts().refusedOrders).toBe(0);
    source.refused(1, 2, true);
    expect(source.facts().refusedOrders).toBe(2);
    await vi.advanceTimersByTimeAsync(10_000);
    source.refused(1, 4, false);
    await vi.advanceTimersByTimeAsync(6000);
    expect(said).toEqual([
      'token     could not be renewed: exit code 1',
      'token     renewed again',
    ]);
    expect(tokenOf(source)).toBe('b');
    // Told of late.
    source.refused(1, 1, true);
    source.refused(2, 9, true);
    expect(source.facts()).toEqual({
      ...{ renewals: 1, failures: 4 },
      ...{ lastFailure: 'exit code 1', refusedOrders: 7 },
    });
  });

  it('is over with the run', async () => {
    const { source, asked } = await start([named('a', 1000)]);
    source.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toBe(1);
  });
});
