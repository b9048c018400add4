import { estimatePlannedCost } from '../cost/estimate-cost.ts';
import { PRICE_LIST } from '../cost/price-list.ts';
import type { LoadPlan } from '../load/load-plan.ts';
import { totalOrders } from '../load/stages.ts';
import { formatAboutUsd } from '../report/format-figure.ts';

/** One line, shown before the first request: what the load costs if every order is stored. */
export function renderPlannedCost(
  plan: Pick<LoadPlan, 'stages' | 'warmup' | 'retryRatio'>,
  isAws: boolean,
): string {
  const { totalUsd, assumptions } = estimatePlannedCost(
    {
      plannedOrders: totalOrders(plan.stages),
      resentOrders: totalOrders(plan.stages) * plan.retryRatio,
      warmupOrders: plan.warmup === null ? 0 : totalOrders([plan.warmup]),
    },
    { memoryMb: null, gateway: 'http' },
  );
  const amount = formatAboutUsd(totalUsd);
  const where = isAws ? amount : `$0 locally; ${amount} on AWS`;
  return `cost      ${where} (prices of ${PRICE_LIST.date}; ${assumptions[0]})`;
}
