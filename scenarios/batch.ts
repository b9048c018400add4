import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { queueIteration } from '../lib/k6/queue-iteration.ts';
import { scenarioOptions } from '../lib/k6/scenario-options.ts';

/** Does the queue path keep up? Orders at one arrival rate, accepted now and stored later in batches. */
const plan = loadPlanFromEnv('batch');

export const options = scenarioOptions(plan);

export default queueIteration(plan);
