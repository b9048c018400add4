import type { RunConfig } from '../../core/config/run-config.ts';
import { describeLoad } from '../../core/load/describe-load.ts';
import type { LoadPlan } from '../../core/load/load-plan.ts';
import { renderPlannedCost } from '../../core/render/planned-cost.ts';
import type { EmbeddedOrderApi } from './embedded-order-api.ts';
import { describeRefinements } from './refine-run.ts';
import { platformOf } from './run-context.ts';

/** The lines that say what a run is about to do, and what that costs. */
export function plannedLines(
  plan: LoadPlan,
  config: RunConfig,
  embedded: EmbeddedOrderApi | null,
): readonly string[] {
  const { memoryMb = null, architecture = null, gateway = 'http' } = embedded?.config ?? {};
  const isAws = platformOf(config, plan.target) === 'aws';
  const cost = renderPlannedCost(plan, { memoryMb, architecture, gateway }, isAws);
  return [...describeLoad(plan), ...describeRefinements(config), cost];
}
