import type { ContractCheck } from './contract-checks.ts';
import {
  conflictStatuses,
  hasOwnShape,
  malformedStatuses,
  unknownStatuses,
  wantsBadRequestBody,
} from './contract-rows.ts';
import type { ContractRow } from './contract-terms.ts';
import { parseJsonOrUndefined } from './json-equal.ts';
import type { Order } from './order.ts';
import { orderIdFrom } from './order-id-from.ts';
import { DEFAULT_ORDER_MAPPING, type OrderMapping } from './order-mapping.ts';
import { sameBodyTest, storedBodyTest } from './stored-body.ts';

/**
 * - ok: the response keeps the promise
 * - broken: it does not
 * - notOffered: the target has no such route, and need not have one
 * - notApplicable: the mapping of this run does not define the right response
 */
export const CONTRACT_VERDICTS = ['ok', 'broken', 'notOffered', 'notApplicable'] as const;
export type ContractVerdict = (typeof CONTRACT_VERDICTS)[number];

/** The response to one check. */
export interface ContractAnswer {
  /** HTTP status, or 0 without a response. */
  readonly status: number;
  readonly body: string;
  readonly contentType: string | undefined;
  readonly location?: string | undefined;
  /** Header `x-order-result`. */
  readonly orderResult: string | undefined;
  /** Why there was no response. */
  readonly error: string;
}

/** The verdict on one row from one response. */
export interface ContractResult {
  readonly row: ContractRow;
  readonly verdict: ContractVerdict;
  /** The response in at most 200 characters, as the target sent it: escape it before showing it. */
  readonly got: string;
  /** The request was refused because of its credentials, so the response proves nothing about the row. */
  readonly refused?: true;
}

/** Longest text of a target that is kept, in characters. */
export const MAX_GOT_LENGTH = 200;
/** What gateways respond to an unknown path; 403 comes from a REST API. */
const NO_SUCH_ROUTE = [403, 404, 405];
const REFUSED = [401, 403];

/**
 * Judges the response to one check. `handlerTells` is whether the response to the new order had the header
 * `x-order-result`; only then must the response to a retry have it.
 */
export function judgeContract(
  check: ContractCheck,
  answer: ContractAnswer,
  mapping: OrderMapping,
  handlerTells: boolean,
): readonly ContractResult[] {
  const isRefused = isRefusal(answer);
  return judgeAnswer(check, answer, mapping, handlerTells).map((result) =>
    isRefused ? { ...result, refused: true } : result,
  );
}

/** Whether the status means missing, wrong or insufficient credentials. */
export function isRefusal({ status }: Pick<ContractAnswer, 'status'>): boolean {
  return REFUSED.includes(status);
}

function judgeAnswer(
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
      return [newOrderResult(answer, mapping, result), contentTypeResult(answer, mapping)];
    case 'retry':
      return [retryResult(answer, mapping, handlerTells, result)];
    case 'conflict':
      return [result(conflictStatuses(mapping).includes(answer.status))];
    case 'malformed': {
      const bodyOk = !wantsBadRequestBody(mapping) || isBadRequest(answer.body);
      return [result(malformedStatuses(mapping).includes(answer.status) && bodyOk)];
    }
    case 'readOrder':
    case 'readUnknown':
      return [readResult(check, answer, mapping, result)];
    case 'queueOrder': {
      // A mapping with its own queue path promises a queue.
      const isPromised = mapping.enqueuePath !== DEFAULT_ORDER_MAPPING.enqueuePath;
      const isMissing = NO_SUCH_ROUTE.includes(answer.status) && !isPromised;
      if (!isMissing) return [result(mapping.enqueuedStatuses.includes(answer.status))];
      return [{ row: 'queueOrder', verdict: 'notOffered', got }];
    }
  }
}

type ResultOf = (ok: boolean, text?: string) => ContractResult;

const isBadRequest = sameBodyTest('"Bad Request"');

function isStored({ status, body }: ContractAnswer, mapping: OrderMapping): boolean {
  return mapping.successStatuses.includes(status) && storedBodyTest(mapping)(body);
}

function newOrderResult(
  answer: ContractAnswer,
  mapping: OrderMapping,
  result: ResultOf,
): ContractResult {
  if (!isStored(answer, mapping)) return result(false);
  if (mapping.idFrom === null || idIn(answer, mapping) !== null) return result(true);
  return result(false, bounded(gotText(answer), `, and no id in ${mapping.idFrom}`));
}

function idIn(answer: ContractAnswer, { idFrom }: OrderMapping): string | null {
  if (idFrom === null) return null;
  return orderIdFrom(idFrom, { body: answer.body, location: answer.location });
}

function contentTypeResult(answer: ContractAnswer, mapping: OrderMapping): ContractResult {
  const row = 'contentType';
  if (answer.status === 0) return { row, verdict: 'broken', got: gotText(answer) };
  const { contentType = '' } = answer;
  const got = bounded(contentType === '' ? 'no content-type' : contentType);
  // A mapping that checks fields of the response expects JSON.
  const wantsFields = mapping.successWhen !== null && mapping.successWhen !== 'any';
  const isJson = mapping.successBody === null ? wantsFields : isJsonText(mapping.successBody);
  if (!isJson) {
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
  const { retryStatuses } = mapping.contract;
  if (retryStatuses !== null) return result(retryStatuses.includes(answer.status));
  if (!isStored(answer, mapping)) {
    const hint =
      answer.status === 500 ? ' (the unoptimised handler answers a retry like this)' : '';
    return result(false, bounded(gotText(answer), hint));
  }
  if (!handlerTells || answer.orderResult === 'duplicate') return result(true);
  const header = `x-order-result: ${answer.orderResult ?? 'absent'}`;
  return result(false, bounded(`${answer.status} with ${header} instead of duplicate`));
}

function readResult(
  check: ContractCheck,
  answer: ContractAnswer,
  mapping: OrderMapping,
  result: ResultOf,
): ContractResult {
  const ok =
    check.row === 'readUnknown'
      ? unknownStatuses(mapping).includes(answer.status)
      : answer.status === 200 && readFault(check, answer.body, mapping) === null;
  // A mapping that sets the path for creating orders but not for reading them may belong to an API without reads.
  const isMapped =
    mapping.readPath === DEFAULT_ORDER_MAPPING.readPath &&
    mapping.createPath !== DEFAULT_ORDER_MAPPING.createPath;
  if (isMapped && !ok) return { row: check.row, verdict: 'notApplicable', got: gotText(answer) };
  if (ok || check.row === 'readUnknown' || answer.status !== 200) return result(ok);
  return result(false, bounded(`200, but ${readFault(check, answer.body, mapping)}`));
}

/** Returns what is wrong with an order that was read back, or null. */
function readFault(
  { order, id }: ContractCheck,
  body: string,
  mapping: OrderMapping,
): string | null {
  const read = parseJsonOrUndefined(body);
  if (read === undefined) return `the body is not JSON: ${body}`;
  if (typeof read !== 'object' || read === null) return `the body is not an object: ${body}`;
  if (hasOwnShape(mapping)) {
    return id === null || holdsValue(read, id) ? null : `it does not contain the id ${id}: ${body}`;
  }
  const fields = read as Readonly<Record<string, unknown>>;
  for (const [field, name] of Object.entries(mapping.fields)) {
    if (fields[name] !== order[field as keyof Order]) {
      return `${name} is ${JSON.stringify(fields[name])}, not ${JSON.stringify(order[field as keyof Order])}`;
    }
  }
  // An API with its own field names may use any name for the time of storing.
  if (mapping.fields.orderId !== DEFAULT_ORDER_MAPPING.fields.orderId) return null;
  const { storedAt } = fields as { storedAt?: unknown };
  const isTime = typeof storedAt === 'number' || (typeof storedAt === 'string' && storedAt !== '');
  return isTime ? null : 'it has no storedAt';
}

/** Whether a text is a value anywhere in a JSON value, as a string or as a number. */
export function holdsValue(json: unknown, text: string): boolean {
  if (typeof json === 'string' || typeof json === 'number') return String(json) === text;
  if (typeof json !== 'object' || json === null) return false;
  return Object.values(json).some((value) => holdsValue(value, text));
}

function gotText({ status, body, error }: ContractAnswer): string {
  if (status === 0) return bounded(`no answer (${error})`);
  return bounded(body === '' ? `${status}, no body` : `${status}, ${body}`);
}

/** Cuts the text so that it has at most MAX_GOT_LENGTH characters with the whole `suffix`. */
function bounded(text: string, suffix = ''): string {
  const room = MAX_GOT_LENGTH - suffix.length;
  return (text.length <= room ? text : `${text.slice(0, room - 1)}…`) + suffix;
}

function isJsonText(text: string): boolean {
  return parseJsonOrUndefined(text) !== undefined;
}
