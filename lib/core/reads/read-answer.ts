import { parseJsonOrUndefined } from '../order/json-equal.ts';

/** The result of one read of one order. */
export type Reading =
  /** The order was found; `storedAt` as it was sent, or undefined. */
  | { readonly kind: 'found'; readonly storedAt: unknown }
  /** The target has no such order. */
  | { readonly kind: 'absent' }
  /** The response shows nothing about the order; `what` describes it. */
  | { readonly kind: 'unclear'; readonly what: string };

export interface ReadAnswer {
  readonly status: number;
  readonly body: string;
}

/** How an order is recognized when it is read. */
export interface OrderMarks {
  readonly orderId: string;
  /** The API's own name for the id; null if not known. */
  readonly idField: string | null;
  /** Texts of the order that a stored record contains, and a mere echo of its id does not. */
  readonly contents: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const NOT_THERE = [404, 410];
/** Most objects of a response that are examined; a list of a million objects is not an order. */
const MOST_OBJECTS = 1000;

/**
 * Judges the response to the GET of one order. The order is found if a 200 contains a record with its id, at any depth,
 * and either a `storedAt` or another text of the order. Another order, a web page, an empty response or the bare id (as
 * in the status of a request) are inconclusive.
 */
export function judgeRead({ status, body }: ReadAnswer, marks: OrderMarks): Reading {
  if (NOT_THERE.includes(status)) return { kind: 'absent' };
  if (status !== 200) return unclear(String(status));
  const read = parseJsonOrUndefined(body);
  if (read === undefined) {
    return unclear(body.trim() === '' ? '200 without a body' : '200 that is not JSON');
  }
  const objects = objectsIn(read);
  const record = objects.find((fields) => holds(fields, marks.orderId));
  if (record === undefined) {
    const isOther = objects.some((fields) => idIn(fields, marks) !== undefined);
    return unclear(isOther ? '200 with another order' : '200 without the order');
  }
  const [top] = objects;
  const topId = top && idIn(top, marks);
  if (topId !== undefined && !isId(topId, marks.orderId)) return unclear('200 with another order');
  const storedAt = record['storedAt'] ?? top?.['storedAt'] ?? undefined;
  const isRecord =
    storedAt !== undefined ||
    objects.some((fields) => marks.contents.some((text) => holds(fields, text)));
  return isRecord ? { kind: 'found', storedAt } : unclear('200 with only the id');
}

/** The texts in the body of an order, without its id. */
export function contentsOf(body: string, orderId: string): readonly string[] {
  const texts = objectsIn(JSON.parse(body)).flatMap((fields) => Object.values(fields));
  return texts.filter(
    (text): text is string => typeof text === 'string' && text !== '' && text !== orderId,
  );
}

function unclear(what: string): Reading {
  return { kind: 'unclear', what };
}

function idIn(fields: Fields, { idField }: OrderMarks): unknown {
  return idField === null ? undefined : fields[idField];
}

function holds(fields: Fields, text: string): boolean {
  return Object.values(fields).some((value) => isId(value, text));
}

function isId(value: unknown, id: string): boolean {
  return value === id || (typeof value === 'number' && String(value) === id);
}

/** The objects of a JSON value, the outermost first. */
function objectsIn(value: unknown): readonly Fields[] {
  const objects: Fields[] = [];
  let level: unknown[] = [value];
  while (level.length > 0 && objects.length < MOST_OBJECTS) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (!Array.isArray(value)) objects.push(value as Fields);
      for (const inner of Object.values(value)) next.push(inner);
    }
    level = next;
  }
  return objects;
}
