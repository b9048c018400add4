import { contractChecks } from '../../core/order/contract-checks.ts';
import type { Answers } from '../../questions/answers-schema.ts';
import { contractAnswer } from '../../questions/smoke/answer.ts';
import { parseContractRecords } from '../../questions/smoke/parse-contract-records.ts';
import type { ContextInput } from './run-context.ts';

/** The part of a run's answers that is not in the telemetry: the scenario hands it over itself. */
export function handedAnswers({
  plan,
  execution,
}: Pick<ContextInput, 'plan' | 'execution'>): Answers {
  if (!plan.question.checksContract) return {};
  const checks = contractChecks(plan, 0);
  const records = parseContractRecords(execution.k6.handedOver);
  return { contract: contractAnswer({ ...plan, checks, records }) };
}
