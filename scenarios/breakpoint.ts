import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderIteration } from '../lib/k6/order-iteration.ts';
import { scenarioOptions } from '../lib/k6/scenario-options.ts';

/** Where does it break, and how? A fine staircase of arrival rates until hardly anything is served. */
const plan = loadPlanFromEnv('breakpoint');

export const options = scenarioOptions(plan);

export default orderIteration(plan);
