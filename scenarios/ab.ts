import { abLoop } from '../lib/k6/ab-loop.ts';
import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { loopOptions } from '../lib/k6/scenario-options.ts';
import { AB } from '../lib/questions/ab/profile.ts';

/** Is B worse than A, now? Two targets in turn, in rounds of one block each, at the same rate. */
const plan = loadPlanFromEnv(AB);

export const options = loopOptions(plan);

export default abLoop(plan);
