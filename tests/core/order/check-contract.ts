import { contractChecks } from '../../../lib/core/order/contract-checks.ts';
import type { ContractRecord } from '../../../lib/core/order/contract-record.ts';
import { contractSession } from '../../../lib/core/order/contract-session.ts';
import type { ContractRow } from '../../../lib/core/order/contract-terms.ts';
import { idFromOf } from '../../../lib/core/order/order-id-from.ts';
import type { OrderMapping } from '../../../lib/core/order/order-mapping.ts';
import { contractAnswer } from '../../../lib/questions/smoke/answer.ts';
import type { ContractAnswers } from '../../../lib/questions/smoke/schema.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
  readonly location?: string;
  readonly contentType?: string;
}

/** An order API as a function. */
export type OrderApi = (method: string, path: string, body: string | null) => ApiAnswer;

export interface CheckedContract {
  readonly answers: ContractAnswers;
  readonly verdicts: Readonly<Partial<Record<ContractRow, string>>>;
  readonly records: readonly ContractRecord[];
}

/** What smoke finds of an API, without k6: every check sent in turn, and judged. */
export function checkContract(
  mapping: OrderMapping,
  api: OrderApi,
  rows: readonly string[] = [],
): CheckedContract {
  const source = { run: 'r1', seed: 7, mapping };
  const checks = contractChecks(source, 1, rows);
  const session = contractSession(mapping);
  const records: ContractRecord[] = [];
  for (const [position, check] of checks.entries()) {
    const request = session.requestOf(check);
    if (request === null) continue;
    const answer = api(request.method, request.path, request.body);
    const full = { contentType: 'application/json', orderResult: undefined, error: '', ...answer };
    const results = session.take(request, full);
    const sent = request.id ?? request.order.orderId;
    const idFrom = request.row === 'newOrder' ? idFromOf(answer, sent) : null;
    records.push({
      ...{ check: position, requests: 1, durationMs: 1, status: answer.status, results },
      ...(idFrom !== null && { idFrom }),
    });
  }
  const answers = contractAnswer({ ...source, checks, records });
  const verdicts = Object.fromEntries(answers.rows.map(({ row, verdict }) => [row, verdict]));
  return { answers, verdicts, records };
}
