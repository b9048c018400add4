import { describe, expect, it } from 'vitest';
import { runLoad } from '../support/run-load.ts';
import { startOrderApi } from '../support/start-order-api.ts';

const SMALL = ['ab', '--profile', 'quick', '--rate', '40', '--duration', '24s'];
/** A GET before the load. */
const PREFLIGHT = 1;

describe('npm run load:ab', () => {
  it('counts each arm as its target does, and sees that B is slower', async () => {
    const [a, b] = [
      await startOrderApi('--io-ms', '40'),
      await startOrderApi('--io-ms', '40', '--slower', '1.3'),
    ];
    const run = await runLoad([...SMALL, '--target', a.url, '--target-b', b.url]);
    const { answers, requests, orders, target, targetB, steps } = await run.report();
    const { arms, latencyRatio } = answers.ab ?? {};
    expect(run.exitCode).toBe(0);
    expect(target.baseUrl).toBe(a.url);
    expect(targetB?.baseUrl).toBe(b.url);
    expect(arms?.a.requests.sent).toBe((await a.truth()).requests - PREFLIGHT);
    expect(arms?.b.requests.sent).toBe((await b.truth()).requests - PREFLIGHT);
    expect(requests.total).toBe((arms?.a.requests.sent ?? 0) + (arms?.b.requests.sent ?? 0));
    // Every order was a new one: no block reused the ids of another.
    for (const [arm, server] of [
      [arms?.a, a],
      [arms?.b, b],
    ] as const) {
      const { storedOrders, orderResults } = await server.truth();
      expect(arm?.requests.outcomes.created).toBe(storedOrders);
      expect(arm?.requests.outcomes.created).toBe(orderResults.created);
      expect(arm?.blocks.map(({ round }) => round)).toEqual([1, 2, 3]);
      expect(arm?.blocks.every(({ sent }) => sent === 40 * 4 * 0.75)).toBe(true);
    }
    expect(orders.idPattern).toMatch(/^lt-.*-<step>-<iteration>$/);
    expect(steps.every(({ name }) => /^r[123]-[ab](-settling)?$/.test(name))).toBe(true);
    // 1.3 in the handler; the way there and back takes its part of both.
    expect(latencyRatio?.p50.ratio).toBeGreaterThan(1.1);
    expect(latencyRatio?.p50.ratio).toBeLessThan(1.4);
    expect(run.stdout).toMatch(
      /p50 of B is \d+(\.\d)?% higher than that of A \(95% interval .*, 3 rounds\)/,
    );
  });
});
