import type { Order } from './order.ts';

/** The promises of the order API's contract, one row each, in the order in which they are shown. */
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

/**
 * What can be wrong with one field of an order. `type` is a value of another type, `fraction` is not a whole number.
 */
export const FIELD_FAULTS = ['missing', 'null', 'type', 'fraction'] as const;
export type FieldFault = (typeof FIELD_FAULTS)[number];

/** How the user's API differs from the suite's own contract. Null keeps what the suite's contract requires. */
export interface ContractTerms {
  /** Promises that the API does not make. They are not checked. */
  readonly notOffered: readonly ContractRow[];
  /** Statuses for the same order sent again; null expects those of a new order. */
  readonly retryStatuses: readonly number[] | null;
  /** Statuses for other content under an id that is taken; null expects 409. */
  readonly conflictStatuses: readonly number[] | null;
  /** Statuses for a malformed order; null expects 400. */
  readonly malformedStatuses: readonly number[] | null;
  /** Statuses for reading an order that does not exist; null expects 404. */
  readonly unknownStatuses: readonly number[] | null;
  /** Faults of a field that the API accepts, such as a price with decimals. */
  readonly accepts: { readonly [K in keyof Order]?: readonly FieldFault[] | 'any' };
  /** JSON paths of a template's fields that must be present and not null; otherwise the order is malformed. */
  readonly required: readonly string[];
}

export const DEFAULT_CONTRACT_TERMS: ContractTerms = {
  notOffered: [],
  retryStatuses: null,
  conflictStatuses: null,
  malformedStatuses: null,
  unknownStatuses: null,
  accepts: {},
  required: [],
};

/** Whether the API accepts a field with this fault. */
export function isAccepted(terms: ContractTerms, field: keyof Order, fault: FieldFault): boolean {
  const accepted = terms.accepts[field] ?? [];
  return accepted === 'any' || accepted.includes(fault);
}
