import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderIteration } from '../lib/k6/order-iteration.ts';
import { scenarioOptions } from '../lib/k6/scenario-options.ts';

/** Does it survive a burst, and how fast does it recover? A calm rate, a sudden burst, and the calm after it. */
const plan = loadPlanFromEnv('spike');

export const options = scenarioOptions(plan);

export default orderIteration(plan);
