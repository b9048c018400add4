import { describe, expect, it } from 'vitest';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { ksDistance, ksLimit } from '../../core/load/kolmogorov-smirnov.ts';
import { timesOf } from '../../core/load/schedule-orders.ts';
import { startKnownRun } from '../support/known-run.ts';
import type { ServerLog } from '../support/order-server.ts';

const AT_ONCE = { answers: ['created'], delaysMs: [0] } as const;
const ALPHA = 0.001;
/** Gaps of 40 ms: the millisecond of k6's timers is little of them. */
const RATE = 25;
const PLANNED = 12 * RATE;
const exponential = (gap: number) => -Math.expm1(-gap);

/** When orders arrived, in the order of their numbers. */
function arrivals({ run }: AnsweredReport, { orders }: ServerLog): readonly number[] {
  const numberOf = (id: string | null) => Number(id?.replace(`lt-${run.id}-`, ''));
  return orders
    .toSorted((a, b) => numberOf(a.orderId) - numberOf(b.orderId))
    .map(({ arrivedMs }) => arrivedMs);
}

/** Gaps over their mean. */
function relativeGaps(timesMs: readonly number[], meanMs: number): readonly number[] {
  const sorted = timesMs.toSorted((a, b) => a - b);
  return sorted.slice(1).map((timeMs, i) => (timeMs - (sorted[i] as number)) / meanMs);
}

describe.concurrent('random arrivals', () => {
  it.for([{ seed: 1 }, { seed: 2 }])(
    'reach the target as they were drawn: seed $seed',
    async ({ seed }, context) => {
      const { server, load } = await startKnownRun(
        context,
        AT_ONCE,
        `steady --rate ${RATE} --duration 12s --arrivals poisson --seed ${seed}`,
      );
      expect((await load.done).exitCode).toBe(0);
      const report = await load.report();
      const arrivedMs = arrivals(report, await server.log());
      expect(arrivedMs).toHaveLength(PLANNED);
      const { stages } = report.load;
      const dueMs = timesOf({ stages, seed, arrivals: { kind: 'poisson' } });
      for (const times of [dueMs, arrivedMs]) {
        const gaps = relativeGaps(times, 1000 / RATE);
        expect(ksDistance(gaps, exponential)).toBeLessThan(ksLimit(gaps.length, ALPHA));
      }
      const delaysMs = arrivedMs.map((at, order) => at - (dueMs[order] as number));
      const typicalMs = delaysMs.toSorted((a, b) => a - b)[PLANNED / 2] as number;
      expect(typicalMs - Math.min(...delaysMs)).toBeLessThan(1000 / RATE / 2);
    },
  );

  it('come in the planned number at every stage', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      AT_ONCE,
      'spike --profile quick --rate 40 --duration 7s',
    );
    await load.done;
    const { load: made, steps, requests } = await load.report();
    expect(made.arrivals).toEqual({ kind: 'poisson' });
    // 1.5 s at 4 a second, half a second up to 40, 2 s at 40, and 3 s at 4 again.
    const planned = [6, 11, 80, 12];
    expect(steps.map(({ name }) => name)).toEqual(made.stages.map(({ name }) => name));
    expect(steps.map(({ started }) => started)).toEqual(planned);
    expect(requests.offered).toBe(109);
    expect((await server.log()).orders).toHaveLength(requests.total);
  });
});
