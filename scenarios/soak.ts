import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderLoop } from '../lib/k6/order-loop.ts';
import { loopOptions } from '../lib/k6/scenario-options.ts';
import { SOAK } from '../lib/questions/soak/profile.ts';

/** Does it degrade over hours? One arrival rate for a long time. */
const plan = loadPlanFromEnv(SOAK);

export const options = loopOptions(plan);

export default orderLoop(plan);
