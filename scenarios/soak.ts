import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderIteration } from '../lib/k6/order-iteration.ts';
import { scenarioOptions } from '../lib/k6/scenario-options.ts';

/** Does it degrade over hours? One arrival rate for a long time. */
const plan = loadPlanFromEnv('soak');

export const options = scenarioOptions(plan);

export default orderIteration(plan);
