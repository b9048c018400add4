import { contractChecks } from '../../core/order/contract-checks.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { contractAnswer } from '../../questions/smoke/answer.ts';
import { parseContractRecords } from '../../questions/smoke/parse-contract-records.ts';
import { checksContract } from './checks-contract.ts';
import type { ContextInput } from './run-context.ts';

/** The part of a run's answers that no telemetry holds: what the scenario handed over itself. */
export function handedAnswers({
  config,
  plan,
  execution,
}: Pick<ContextInput, 'config' | 'plan' | 'execution'>): Report['answers'] {
  if (!checksContract(config)) return {};
  const checks = contractChecks(plan, 0);
  const records = parseContractRecords(execution.k6.handedOver);
  return { contract: contractAnswer({ ...plan, checks, records }) };
}
