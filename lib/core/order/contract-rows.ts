import { CONTRACT_ROWS, type ContractRow } from './contract-terms.ts';
import { idPathOf } from './order-bodies.ts';
import { DEFAULT_ORDER_MAPPING, type OrderMapping } from './order-mapping.ts';
import { compileTemplate } from './order-template.ts';

/** The request and the expected response in words, under the mapping of this run. */
export interface ContractRowText {
  readonly request: string;
  readonly expected: string;
}

export function contractRowTexts(
  mapping: OrderMapping,
): Readonly<Record<ContractRow, ContractRowText>> {
  const { createMethod, createPath, readPath, enqueuePath, contract } = mapping;
  const create = `${createMethod} ${createPath}`;
  const stored = storedText(mapping);
  return {
    newOrder: {
      request: `${create}, a new order`,
      expected: mapping.idFrom === null ? stored : `${stored}, its id in ${mapping.idFrom}`,
    },
    contentType: { request: `${create}, a new order`, expected: 'content-type application/json' },
    retry: {
      request: `${create}, the same order again`,
      expected:
        contract.retryStatuses === null
          ? `${stored} (idempotent)`
          : statusesText(contract.retryStatuses),
    },
    conflict: {
      request: `${create}, the same ${idName(mapping)} with other content`,
      expected: statusesText(conflictStatuses(mapping)),
    },
    malformed: {
      request: `${create}, not JSON, or a field missing or of the wrong type`,
      expected: wantsBadRequestBody(mapping)
        ? '400, "Bad Request"'
        : statusesText(malformedStatuses(mapping)),
    },
    readOrder: {
      request: `GET ${readPath}`,
      expected: hasOwnShape(mapping)
        ? '200, a response with its id'
        : '200, the order and its storedAt',
    },
    readUnknown: {
      request: `GET ${readPath}, an unknown id`,
      expected: statusesText(unknownStatuses(mapping)),
    },
    queueOrder: {
      request: `POST ${enqueuePath}, a new order`,
      expected: statusesText(mapping.enqueuedStatuses),
    },
  };
}

const statusesText = (statuses: readonly number[]): string => statuses.join(' or ');

function storedText(mapping: OrderMapping): string {
  const { successBody, successWhen, successStatuses } = mapping;
  const statuses = isDefaultAnswer(mapping) ? '200' : statusesText(successStatuses);
  const {
    absent = [],
    present = [],
    equal = {},
  } = typeof successWhen === 'object' ? (successWhen ?? {}) : {};
  const parts = [
    ...(successBody === null ? [] : [successBody]),
    ...absent.map((path) => `no ${path}`),
    ...present.map((path) => `with ${path}`),
    ...Object.entries(equal).map(([path, value]) => `${path} = ${JSON.stringify(value)}`),
  ];
  if (parts.length > 0) return `${statuses}, ${parts.join(', ')}`;
  return `${statuses}, any body${successWhen === 'any' ? '' : ' except an error'}`;
}

function idName({ body, bodies, idField }: OrderMapping): string {
  return body === null && bodies === null ? 'orderId' : (idField ?? 'id');
}

export function conflictStatuses({ contract }: OrderMapping): readonly number[] {
  return contract.conflictStatuses ?? [409];
}

export function malformedStatuses({ contract }: OrderMapping): readonly number[] {
  return contract.malformedStatuses ?? [400];
}

export function unknownStatuses({ contract }: OrderMapping): readonly number[] {
  return contract.unknownStatuses ?? [404];
}

/** Whether a refused order must get the default body. */
export function wantsBadRequestBody(mapping: OrderMapping): boolean {
  return isDefaultAnswer(mapping) && mapping.contract.malformedStatuses === null;
}

/** Whether an order that is read back may lack the suite's five fields. */
export function hasOwnShape({ body, bodies, idFrom }: OrderMapping): boolean {
  return body !== null || bodies !== null || idFrom !== null;
}

/** Whether the mapping keeps the default response to a stored order; then status 400 has the default body, too. */
export function isDefaultAnswer(
  mapping: Pick<OrderMapping, 'successBody' | 'successStatuses'>,
): boolean {
  const { successBody, successStatuses } = DEFAULT_ORDER_MAPPING;
  return (
    mapping.successBody === successBody && mapping.successStatuses.join() === successStatuses.join()
  );
}

/** Why a promise is not checked. */
export interface RowNotAsked {
  readonly verdict: 'notOffered' | 'notApplicable';
  readonly note: string;
}

/** Returns the promises that are not checked, because the mapping excludes them or there is nothing to check. */
export function rowsNotAsked(mapping: OrderMapping): ReadonlyMap<ContractRow, RowNotAsked> {
  const { contract, idFrom } = mapping;
  const rows = new Map<ContractRow, RowNotAsked>();
  const leaveOpen = (row: ContractRow, note: string) =>
    rows.set(row, { verdict: 'notApplicable', note });
  if (idFrom !== null) {
    const note = 'the API makes the ids, so every request is a separate order';
    if (contract.retryStatuses === null) leaveOpen('retry', note);
    if (contract.conflictStatuses === null) leaveOpen('conflict', note);
  } else if (!carriesId(mapping)) {
    const note = 'it is not known which field of the order holds its id (idField, idFrom)';
    for (const row of ['conflict', 'readOrder', 'readUnknown'] as const) leaveOpen(row, note);
    if (contract.retryStatuses === null) leaveOpen('retry', note);
  }
  if (!rows.has('conflict') && !hasChangeableContent(mapping)) {
    leaveOpen('conflict', 'the body has no {{quantity}} or {{price}} to change');
  }
  for (const row of CONTRACT_ROWS) {
    if (!contract.notOffered.includes(row)) continue;
    rows.set(row, { verdict: 'notOffered', note: 'the config says so' });
  }
  return rows;
}

/** Whether the body of each order contains an id that no other order has. */
export function carriesId({
  body,
  bodies,
  idField,
}: Pick<OrderMapping, 'body' | 'bodies' | 'idField'>): boolean {
  if (bodies !== null) return idField !== null && bodies.ownIds;
  return body === null || idPathOf(compileTemplate(body), idField) !== null;
}

function hasChangeableContent({ body, bodies }: OrderMapping): boolean {
  if (bodies !== null) return false;
  return body === null || /\{\{\s*(quantity|price)\b/.test(JSON.stringify(body));
}
