import { contractIteration } from '../lib/k6/contract-iteration.ts';
import { withContract } from '../lib/k6/contract-options.ts';
import { loadPlanFromEnv } from '../lib/k6/load-plan-from-env.ts';
import { orderIteration } from '../lib/k6/order-iteration.ts';
import { scenarioOptions } from '../lib/k6/scenario-options.ts';

/** Is it alive and correct? A few orders, every one of which must be stored, and then the contract. */
const plan = loadPlanFromEnv('smoke');

export const options = withContract(plan, scenarioOptions(plan));

export default orderIteration(plan);

export const contract = contractIteration(plan);
