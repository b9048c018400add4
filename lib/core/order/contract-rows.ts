import { DEFAULT_ORDER_MAPPING, type OrderMapping } from './order-mapping.ts';

/** The order API's contract, one row for each promise, in the order in which they are shown. */
export const CONTRACT_ROWS = [
  'newOrder',
  'contentType',
  'retry',
  'conflict',
  'malformed',
  'readOrder',
  'readUnknown',
  'queueOrder',
] as const;

export type ContractRow = (typeof CONTRACT_ROWS)[number];

/** What is asked and what has to come, in words, under the mapping of this run. */
export interface ContractRowText {
  readonly request: string;
  readonly expected: string;
}

export function contractRowTexts(
  mapping: OrderMapping,
): Readonly<Record<ContractRow, ContractRowText>> {
  const { createMethod, createPath, readPath, enqueuePath } = mapping;
  const create = `${createMethod} ${createPath}`;
  const statuses = isDefaultAnswer(mapping) ? '200' : mapping.successStatuses.join(' or ');
  const stored =
    mapping.successBody === null ? `${statuses}, any body` : `${statuses}, ${mapping.successBody}`;
  return {
    newOrder: { request: `${create}, a new order`, expected: stored },
    contentType: { request: `${create}, a new order`, expected: 'content-type application/json' },
    retry: { request: `${create}, the same order again`, expected: `${stored} (idempotent)` },
    conflict: { request: `${create}, the same orderId with other content`, expected: '409' },
    malformed: {
      request: `${create}, not JSON, or a field missing or ill-typed`,
      expected: isDefaultAnswer(mapping) ? '400, "Bad Request"' : '400',
    },
    readOrder: { request: `GET ${readPath}`, expected: '200, the order and its storedAt' },
    readUnknown: { request: `GET ${readPath}, an unknown id`, expected: '404' },
    queueOrder: {
      request: `POST ${enqueuePath}, a new order`,
      expected: mapping.enqueuedStatuses.join(' or '),
    },
  };
}

/** Whether stored orders are answered as the suite's own contract says; then 400 has its body too. */
export function isDefaultAnswer(
  mapping: Pick<OrderMapping, 'successBody' | 'successStatuses'>,
): boolean {
  const { successBody, successStatuses } = DEFAULT_ORDER_MAPPING;
  return (
    mapping.successBody === successBody && mapping.successStatuses.join() === successStatuses.join()
  );
}
