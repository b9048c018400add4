import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderIteration } from '../lib/k6/order-iteration.ts';
import { scenarioOptions } from '../lib/k6/scenario-options.ts';

/** Is it alive and correct? A few orders a second, every one of which must be stored. */
const plan = loadPlanFromEnv('smoke');

export const options = scenarioOptions(plan);

export default orderIteration(plan);
