import type { ContractCheck } from './contract-checks.ts';
import { type ContractRow, isDefaultAnswer } from './contract-rows.ts';
import type { Order } from './order.ts';
import { DEFAULT_ORDER_MAPPING, type OrderMapping } from './order-mapping.ts';

/**
 * ok: as the contract says. broken: otherwise. notOffered: the target has no such route, and need not.
 * notApplicable: the mapping of this run leaves open what has to come.
 */
export const CONTRACT_VERDICTS = ['ok', 'broken', 'notOffered', 'notApplicable'] as const;
export type ContractVerdict = (typeof CONTRACT_VERDICTS)[number];

/** What came back for one check. */
export interface ContractAnswer {
  /** HTTP status, or 0 without an answer. */
  readonly status: number;
  readonly body: string;
  readonly contentType: string | undefined;
  /** Header `x-order-result`. */
  readonly orderResult: string | undefined;
  /** Why there was no answer. */
  readonly error: string;
}

/** What one answer says of one row. */
export interface ContractResult {
  readonly row: ContractRow;
  readonly verdict: ContractVerdict;
  /** What came, at most 200 characters; as the target sent it, so escape it before it is shown. */
  readonly got: string;
}

/** Longest text of a target that is kept. */
export const MAX_GOT_LENGTH = 200;
/** What gateways answer on a path that they do not know; 403 is a REST API's. */
const NO_SUCH_ROUTE = [403, 404, 405];

/**
 * Judges the answer to one check. `handlerTells` says whether the answer to the new order carried
 * `x-order-result`: only then must a retry carry it too.
 */
export function judgeContract(
  check: ContractCheck,
  answer: ContractAnswer,
  mapping: OrderMapping,
  handlerTells: boolean,
): readonly ContractResult[] {
  const got = gotText(answer);
  const result = (ok: boolean, text = got): ContractResult => ({
    row: check.row,
    verdict: ok ? 'ok' : 'broken',
    got: text,
  });
  switch (check.row) {
    case 'contentType':
    case 'newOrder':
      return [result(isStored(answer, mapping)), contentTypeResult(answer, mapping)];
    case 'retry':
      return [retryResult(answer, mapping, handlerTells, result)];
    case 'conflict':
      return [result(answer.status === 409)];
    case 'malformed': {
      const bodyOk = !isDefaultAnswer(mapping) || answer.body === '"Bad Request"';
      return [result(answer.status === 400 && bodyOk)];
    }
    case 'readOrder':
    case 'readUnknown':
      return [readResult(check, answer, mapping, result)];
    case 'queueOrder': {
      // Whoever names a path of its own says that there is a queue.
      const isPromised = mapping.enqueuePath !== DEFAULT_ORDER_MAPPING.enqueuePath;
      const isMissing = NO_SUCH_ROUTE.includes(answer.status) && !isPromised;
      if (!isMissing) return [result(mapping.enqueuedStatuses.includes(answer.status))];
      return [{ row: 'queueOrder', verdict: 'notOffered', got }];
    }
  }
}

type ResultOf = (ok: boolean, text?: string) => ContractResult;

function isStored({ status, body }: ContractAnswer, mapping: OrderMapping): boolean {
  if (!mapping.successStatuses.includes(status)) return false;
  return mapping.successBody === null || body === mapping.successBody;
}

function contentTypeResult(answer: ContractAnswer, mapping: OrderMapping): ContractResult {
  const row = 'contentType';
  if (answer.status === 0) return { row, verdict: 'broken', got: gotText(answer) };
  const { contentType = '' } = answer;
  const got = bounded(contentType === '' ? 'no content-type' : contentType);
  if (mapping.successBody === null || !isJson(mapping.successBody)) {
    return { row, verdict: 'notApplicable', got };
  }
  return { row, verdict: /^application\/json\s*(;|$)/i.test(contentType) ? 'ok' : 'broken', got };
}

function retryResult(
  answer: ContractAnswer,
  mapping: OrderMapping,
  handlerTells: boolean,
  result: ResultOf,
): ContractResult {
  if (!isStored(answer, mapping)) {
    const hint =
      answer.status === 500 ? ' (the unoptimised handler answers a retry like this)' : '';
    return result(false, bounded(gotText(answer), hint));
  }
  if (!handlerTells || answer.orderResult === 'duplicate') return result(true);
  const tells = `x-order-result: ${answer.orderResult ?? 'absent'}`;
  return result(false, bounded(`${answer.status} with ${tells} where duplicate was due`));
}

function readResult(
  check: ContractCheck,
  answer: ContractAnswer,
  mapping: OrderMapping,
  result: ResultOf,
): ContractResult {
  const ok =
    check.row === 'readUnknown'
      ? answer.status === 404
      : answer.status === 200 && readFault(check.order, answer.body, mapping) === null;
  // Who says where orders are created, but not where they are read, may offer no reading at all.
  const isMapped =
    mapping.readPath === DEFAULT_ORDER_MAPPING.readPath &&
    mapping.createPath !== DEFAULT_ORDER_MAPPING.createPath;
  if (isMapped && !ok) return { row: check.row, verdict: 'notApplicable', got: gotText(answer) };
  if (ok || check.row === 'readUnknown' || answer.status !== 200) return result(ok);
  return result(false, bounded(`200, but ${readFault(check.order, answer.body, mapping)}`));
}

/** What is wrong with an order that was read back, or null. */
function readFault(order: Order, body: string, mapping: OrderMapping): string | null {
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    return `the body is no JSON: ${body}`;
  }
  if (typeof read !== 'object' || read === null) return `the body is no object: ${body}`;
  const fields = read as Readonly<Record<string, unknown>>;
  for (const [field, name] of Object.entries(mapping.fields)) {
    if (fields[name] !== order[field as keyof Order]) {
      return `${name} is ${JSON.stringify(fields[name])}, not ${JSON.stringify(order[field as keyof Order])}`;
    }
  }
  // Whose fields have names of their own may call the time of storing anything.
  if (mapping.fields.orderId !== DEFAULT_ORDER_MAPPING.fields.orderId) return null;
  const { storedAt } = fields as { storedAt?: unknown };
  const isTime = typeof storedAt === 'number' || (typeof storedAt === 'string' && storedAt !== '');
  return isTime ? null : 'storedAt is not in it';
}

function gotText({ status, body, error }: ContractAnswer): string {
  if (status === 0) return bounded(`no answer (${error})`);
  return bounded(body === '' ? `${status}, no body` : `${status}, ${body}`);
}

/** At most MAX_GOT_LENGTH characters, `suffix` whole. */
function bounded(text: string, suffix = ''): string {
  const room = MAX_GOT_LENGTH - suffix.length;
  return (text.length <= room ? text : `${text.slice(0, room - 1)}…`) + suffix;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
