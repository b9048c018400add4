import type { LoadPlan } from '../core/load/load-plan.ts';
import { type OrderBodies, orderBodies } from '../core/order/order-bodies.ts';
import { parseBodyRows } from '../core/order/parse-body-rows.ts';
import { requireEnv } from './env.ts';

/** The lines of the plan's file of bodies; none for a plan without one. Only in the init context. */
export function bodyRows({ mapping }: Pick<LoadPlan, 'mapping'>): readonly string[] {
  if (mapping.bodies === null) return [];
  return parseBodyRows(open(requireEnv('LOAD_BODIES', 'a file of bodies')));
}

/**
 * Returns the function that writes the orders of a run according to the plan's mapping. Only in the init context; the
 * returned function may be called at any time.
 */
export function bodyWriters(plan: LoadPlan): (run: string) => OrderBodies['write'] {
  const rows = bodyRows(plan);
  return (run) => orderBodies({ run, seed: plan.seed }, plan.mapping, rows).write;
}
