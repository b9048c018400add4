import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { queueLoop } from '../lib/k6/queue-loop.ts';
import { loopOptions } from '../lib/k6/scenario-options.ts';
import { BATCH } from '../lib/questions/batch/profile.ts';

/** Does the queue path keep up? Orders at one arrival rate, accepted now and stored later in batches. */
const plan = loadPlanFromEnv(BATCH);

export const options = loopOptions(plan);

export default queueLoop(plan);
