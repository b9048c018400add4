import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderIteration } from '../lib/k6/order-iteration.ts';
import { scenarioOptions } from '../lib/k6/scenario-options.ts';

/** How does it do at this rate? One arrival rate, the unit that deployments are compared by. */
const plan = loadPlanFromEnv('steady');

export const options = scenarioOptions(plan);

export default orderIteration(plan);
