import { expect } from 'vitest';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import type { OrderServerPlan, ServerLog } from './order-server.ts';

/** 2 s of every 10 s, from the first order on. */
export const FREEZING: OrderServerPlan = {
  answers: ['created'],
  delaysMs: [2],
  freeze: { everyMs: 10_000, lastMs: 2000 },
};

const MAX_ERROR = 0.05;
const QUANTILES = { p95: 0.95, p99: 0.99 } as const;

/** Expects the p95 and p99 of a report to be those that the server measured itself. */
export function expectFrozenLatency({ latencyMs }: AnsweredReport, { orders }: ServerLog): void {
  const sorted = orders.map(({ serviceMs }) => serviceMs as number).sort((a, b) => a - b);
  for (const name of ['p95', 'p99'] as const) {
    const truth = sorted[Math.ceil(QUANTILES[name] * sorted.length) - 1] as number;
    expect(truth).toBeGreaterThan(1300);
    const measured = latencyMs.success[name] as number;
    expect(
      Math.abs(measured - truth) / truth,
      `${name}: ${measured}, in truth ${truth}`,
    ).toBeLessThan(MAX_ERROR);
  }
}

/** Expects every order that fell due to have been sent and stored. */
export function expectAllStored(
  { requests }: AnsweredReport,
  { orders }: ServerLog,
  planned: number,
): void {
  expect(requests).toMatchObject({ offered: planned, total: planned, dropped: 0, unresolved: 0 });
  expect(requests.successRatio).toBe(1);
  expect(orders).toHaveLength(planned);
}
