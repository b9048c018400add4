import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderLoop } from '../lib/k6/order-loop.ts';
import { loopOptions } from '../lib/k6/scenario-options.ts';
import { BREAKPOINT } from '../lib/questions/breakpoint/profile.ts';

/** Where does it break, and how? A fine staircase of arrival rates until hardly anything is served. */
const plan = loadPlanFromEnv(BREAKPOINT);

export const options = loopOptions(plan);

export default orderLoop(plan);
