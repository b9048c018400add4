import { contractIteration } from '../lib/k6/contract-iteration.ts';
import { withContract } from '../lib/k6/contract-options.ts';
import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderLoop } from '../lib/k6/order-loop.ts';
import { loopOptions } from '../lib/k6/scenario-options.ts';
import { SMOKE } from '../lib/questions/smoke/profile.ts';

/** Is it alive and correct? A few orders, every one of which must be stored, and then the contract. */
const plan = loadPlanFromEnv(SMOKE);

export const options = withContract(plan, loopOptions(plan));

export default orderLoop(plan);

export const contract = contractIteration(plan);
