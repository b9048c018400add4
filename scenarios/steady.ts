import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderLoop } from '../lib/k6/order-loop.ts';
import { loopOptions } from '../lib/k6/scenario-options.ts';
import { STEADY } from '../lib/questions/steady/profile.ts';

/** How does it do at this rate? One arrival rate, the unit that deployments are compared by. */
const plan = loadPlanFromEnv(STEADY);

export const options = loopOptions(plan);

export default orderLoop(plan);
