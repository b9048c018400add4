import { contractChecks } from '../../../lib/core/order/contract-checks.ts';
import type { ContractRecord } from '../../../lib/core/order/contract-record.ts';
import type { ContractRow } from '../../../lib/core/order/contract-terms.ts';
import type { ContractVerdict } from '../../../lib/core/order/judge-contract.ts';
import { DEFAULT_ORDER_MAPPING } from '../../../lib/core/order/order-mapping.ts';
import type { RunContext } from '../../../lib/core/report/run-context.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { contractAnswer } from '../../../lib/questions/smoke/answer.ts';
import { sampleReport } from '../../core/report/sample-run.ts';

const mapping = DEFAULT_ORDER_MAPPING;
export const checks = contractChecks({ run: 'r1', seed: 7, mapping }, 0);

/** What k6 hands over where every check is ok, but for the rows that are given. */
export function records(
  changes: Partial<Record<ContractRow, readonly [ContractVerdict, string]>> = {},
): ContractRecord[] {
  return checks.map(({ row }, check) => {
    const rows: readonly ContractRow[] = row === 'newOrder' ? ['newOrder', 'contentType'] : [row];
    const results = rows.map((name) => {
      const [verdict, got] = changes[name] ?? ['ok', '200'];
      return { row: name, verdict, got };
    });
    return { check, requests: 1, durationMs: 10 + check, results };
  });
}

export const answer = (made: readonly ContractRecord[]) =>
  contractAnswer({ run: 'r1', mapping, checks, records: made });

/** The report of a smoke run with these records. */
export function report(made: readonly ContractRecord[], context: Partial<RunContext> = {}) {
  const measured = sampleReport({}, { plan: { scenario: 'smoke' }, context });
  return answerReport({ ...measured, answers: { contract: answer(made) } });
}
