import type { Order } from './order.ts';

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

/** What can be wrong with one field of an order. `type` is a value of another type, `fraction` no whole number. */
export const FIELD_FAULTS = ['missing', 'null', 'type', 'fraction'] as const;
export type FieldFault = (typeof FIELD_FAULTS)[number];

/** What a user says of the contract of the own API. Null is what the suite's own contract says. */
export interface ContractTerms {
  /** Promises that the API does not make. Nothing is asked for them. */
  readonly notOffered: readonly ContractRow[];
  /** Answers to the same order again; null wants those of a new order. */
  readonly retryStatuses: readonly number[] | null;
  /** Answers to other content under an id that is taken; null wants 409. */
  readonly conflictStatuses: readonly number[] | null;
  /** Answers to a malformed order; null wants 400. */
  readonly malformedStatuses: readonly number[] | null;
  /** Answers to reading an order that is not there; null wants 404. */
  readonly unknownStatuses: readonly number[] | null;
  /** Faults of a field that the API takes for none, such as a price with decimals. */
  readonly accepts: { readonly [K in keyof Order]?: readonly FieldFault[] | 'any' };
  /** JSON paths of a template's fields without which, or with null in which, an order is malformed. */
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

/** Whether the API says that it takes a field with such a fault. */
export function isAccepted(terms: ContractTerms, field: keyof Order, fault: FieldFault): boolean {
  const accepted = terms.accepts[field] ?? [];
  return accepted === 'any' || accepted.includes(fault);
}
