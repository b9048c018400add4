import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB, erlangLoad } from '../../../lib/core/judge/erlang-b.ts';

describe('erlangB', () => {
  it.each([
    // Tables of Erlang's loss formula; small ones also by hand: a²/2 / (1 + a + a²/2) with two servers.
    [1, 1, 0.5],
    [1, 2, 0.2],
    [2, 5, 0.036697],
    [10, 10, 0.214582],
    [5, 10, 0.018385],
    [20, 30, 0.008457],
    [84.064, 100, 0.01],
  ])('of %f erlangs on %i servers is %f', (load, servers, refused) => {
    expect(erlangB(load, servers)).toBeCloseTo(refused, 5);
  });

  it('refuses all without a server, and none without a load', () => {
    expect(erlangB(3, 0)).toBe(1);
    expect(erlangB(0, 4)).toBe(0);
  });

  it('stays exact where factorials would be beyond a number', () => {
    // As many erlangs as servers: √(2 / πn) to the first order (Jagerman, 1974).
    for (const servers of [1000, 10_000, 100_000]) {
      const refused = erlangB(servers, servers);
      expect(refused * Math.sqrt((Math.PI * servers) / 2)).toBeCloseTo(1, 1);
    }
    expect(erlangB(1e6, 1000)).toBeCloseTo(0.999, 5);
  });

  it('is a share that grows with the load and shrinks with the servers', () => {
    const load = fc.double({ min: 0.01, max: 500, noNaN: true });
    fc.assert(
      fc.property(load, load, fc.integer({ min: 1, max: 300 }), (a, b, servers) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(erlangB(low, servers)).toBeLessThanOrEqual(erlangB(high, servers));
        expect(erlangB(low, servers + 1)).toBeLessThanOrEqual(erlangB(low, servers));
        expect(erlangB(high, servers)).toBeLessThan(1);
        // At most as many are served as there are servers.
        expect(high * (1 - erlangB(high, servers))).toBeLessThanOrEqual(servers * (1 + 1e-9));
      }),
    );
  });
});

describe('erlangLoad', () => {
  it('is the load of which that share is refused', () => {
    const share = fc.double({ min: 1e-6, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 1000 }), (refused, servers) => {
        expect(erlangB(erlangLoad(refused, servers), servers)).toBeCloseTo(refused, 9);
      }),
    );
  });

  it.each([
    [0.01, 1, 0.0101],
    [0.01, 10, 4.4612],
    [0.01, 100, 84.064],
    [0.5, 1, 1],
  ])('for a share of %f on %i servers is %f erlangs', (refused, servers, load) => {
    expect(erlangLoad(refused, servers)).toBeCloseTo(load, 3);
  });
});
