import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderLoop } from '../lib/k6/order-loop.ts';
import { loopOptions } from '../lib/k6/scenario-options.ts';
import { RAMP } from '../lib/questions/ramp/profile.ts';

/** How many orders per second can it take within the SLO? A staircase of arrival rates. */
const plan = loadPlanFromEnv(RAMP);

export const options = loopOptions(plan);

export default orderLoop(plan);
