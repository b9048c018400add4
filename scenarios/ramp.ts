import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderIteration } from '../lib/k6/order-iteration.ts';
import { scenarioOptions } from '../lib/k6/scenario-options.ts';

/** How many orders a second can it take within the SLO? A staircase of arrival rates. */
const plan = loadPlanFromEnv('ramp');

export const options = scenarioOptions(plan);

export default orderIteration(plan);
