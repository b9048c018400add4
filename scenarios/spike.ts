import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderLoop } from '../lib/k6/order-loop.ts';
import { loopOptions } from '../lib/k6/scenario-options.ts';
import { SPIKE } from '../lib/questions/spike/profile.ts';

/** Does it survive a burst, and how fast does it recover? A calm rate, a sudden burst, and the calm after it. */
const plan = loadPlanFromEnv(SPIKE);

export const options = loopOptions(plan);

export default orderLoop(plan);
