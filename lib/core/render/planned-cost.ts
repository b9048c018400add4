import {
  assumedOfFunction,
  type BillableLoad,
  estimatePlannedCost,
  NOT_MEASURED,
} from '../cost/estimate-cost.ts';
import { PRICE_LIST } from '../cost/price-list.ts';
import type { LoadPlan } from '../load/load-plan.ts';
import { totalOrders } from '../load/stages.ts';
import { formatAboutUsd } from '../report/format-figure.ts';

/** One line, shown before the first request: what the load costs if every order is stored. */
export function renderPlannedCost(
  plan: Pick<LoadPlan, 'stages' | 'warmup' | 'retryRatio'>,
  target: Pick<BillableLoad, 'memoryMb' | 'architecture' | 'gateway'>,
  isAws: boolean,
): string {
  const { totalUsd } = estimatePlannedCost(
    {
      plannedOrders: totalOrders(plan.stages),
      resentOrders: totalOrders(plan.stages) * plan.retryRatio,
      warmupOrders: plan.warmup === null ? 0 : totalOrders([plan.warmup]),
    },
    target,
  );
  const amount = formatAboutUsd(totalUsd);
  const where = isAws ? amount : `$0 locally; ${amount} on AWS`;
  const assumed = assumedOfFunction({ ...NOT_MEASURED, ...target }).join(', ');
  return `cost      ${where} (prices of ${PRICE_LIST.date}; ${assumed})`;
}
