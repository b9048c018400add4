import { check, sleep } from 'k6';
import exec from 'k6/execution';
import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { requestUrl } from '../core/load/request-url.ts';
import { type ContractCheck, contractChecks } from '../core/order/contract-checks.ts';
import type { ContractRecord } from '../core/order/contract-record.ts';
import { contractSession } from '../core/order/contract-session.ts';
import type { ContractAnswer, ContractResult } from '../core/order/judge-contract.ts';
import { idFromOf } from '../core/order/order-id-from.ts';
import { HANDOVER_PREFIX } from '../core/telemetry/metric-names.ts';
import { bodyRows } from './body-rows.ts';
import { isWrapped } from './env.ts';
import { freshenToken } from './renewed-token.ts';
import { createRequestSigner } from './request-signer.ts';

/** Provided by k6, whose types lack it. */
declare const console: { log(text: string): void; warn(text: string): void };

/** Statuses that tell the client to try again later. */
const LATER = [429, 503];
/** Retries after such a status, and of reads, because some stores find an order only a moment later. */
const MAX_RETRIES = 2;
const RETRY_AFTER_SECONDS = 1;

/**
 * The body of one iteration of the contract's scenario: sends the check with the iteration's number, judges the
 * response, and reports the result to the wrapper; under plain k6 it is a `check()`.
 */
export function contractIteration(plan: LoadPlan): () => void {
  // Every VU evaluates the bundle, but only one checks the contract.
  let checks: readonly ContractCheck[] | null = null;
  const rows = bodyRows(plan);
  const session = contractSession(plan.mapping);

  return () => {
    checks ??= contractChecks(plan, Date.now() / 1000, rows);
    const position = exec.scenario.iterationInTest;
    const check = checks[position];
    const next = check === undefined ? null : session.requestOf(check);
    if (next === null) return;
    const { answer, durationMs, requests } = send(plan, next);
    const results = session.take(next, answer);
    const { status } = answer;
    const idFrom = next.row === 'newOrder' ? idFromOf(answer, next.id ?? next.order.orderId) : null;
    const record = { check: position, requests, durationMs, status, results };
    tell({ ...record, ...(idFrom !== null && { idFrom }) }, next.name);
  };
}

interface Sent {
  readonly answer: ContractAnswer;
  readonly durationMs: number;
  readonly requests: number;
}

function send(plan: LoadPlan, check: ContractCheck): Sent {
  for (let requests = 1; ; requests += 1) {
    const response = request(plan, check);
    const isNotThereYet = check.row === 'readOrder' && response.status === 404;
    const isLater = LATER.includes(response.status) || isNotThereYet;
    if (!isLater || requests > MAX_RETRIES) {
      return { answer: answerOf(response), durationMs: response.timings.duration, requests };
    }
    sleep(RETRY_AFTER_SECONDS);
  }
}

function request(plan: LoadPlan, { method, path, body }: ContractCheck): RefinedResponse<'text'> {
  if (plan.auth.kind === 'renewed') freshenToken();
  const headers = {
    ...(body === null ? {} : { 'Content-Type': 'application/json' }),
    ...plan.mapping.headers,
  };
  const signer = createRequestSigner(plan, { method, path, headers });
  const params: RefinedParams<'text'> = {
    headers: signer.perRequest?.(body ?? '') ?? signer.fixedHeaders,
    timeout: plan.requestTimeoutMs,
    redirects: 0,
    responseType: 'text',
    // A 400 is expected here, and is not a failed request.
    responseCallback: http.expectedStatuses({ min: 100, max: 599 }),
    tags: { name: 'contract' },
  };
  return http.request(method, requestUrl(plan, path), body, params);
}

function answerOf({ status, body, headers, error }: RefinedResponse<'text'>): ContractAnswer {
  return {
    status,
    body: body ?? '',
    contentType: headers['Content-Type'],
    location: headers['Location'],
    orderResult: headers['X-Order-Result'],
    error,
  };
}

function tell(record: ContractRecord, name: string): void {
  if (isWrapped()) {
    console.log(HANDOVER_PREFIX + JSON.stringify(record));
    return;
  }
  for (const { row, verdict, got } of record.results) {
    check(verdict, { [`contract ${row}: ${name}`]: (value) => value !== 'broken' });
    if (verdict === 'broken') console.warn(shown(row, name, got));
  }
}

/** Quoted as JSON, so the target's text cannot move the cursor of a terminal. */
function shown(row: ContractResult['row'], name: string, got: string): string {
  return `the contract is broken: ${row}: ${name}: got ${JSON.stringify(got)}`;
}
