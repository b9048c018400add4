import { parseJsonOrUndefined } from './json-equal.ts';
import { type JsonPath, parseJsonPath, renderJsonPath, valueAt } from './json-path.ts';

/** The header that contains the address of a new order. */
export const ID_FROM_LOCATION = 'Location';

export interface AnswerWithId {
  readonly body: string | null;
  /** Header `Location`. */
  readonly location?: string | undefined;
}

/**
 * Returns the id that an API made for an order, from the response: the value at the JSON path `idFrom`, or the last
 * part of the `Location` header. Null if the response has none.
 */
export function orderIdFrom(idFrom: string, answer: AnswerWithId): string | null {
  if (idFrom === ID_FROM_LOCATION) return lastPart(answer.location ?? '');
  const path = parseJsonPath(idFrom);
  const json = parseJsonOrUndefined(answer.body ?? '');
  const id = path === null || json === undefined ? undefined : valueAt(json, path);
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : null;
}

const ID_NAMES = ['id', 'orderId', 'order_id', 'orderID', 'uuid', 'reference'];
/** How many levels of wrapping around an order are searched. */
const MAX_DEPTH = 3;

/**
 * Guesses where the response to a new order contains the id that the API made, in the form of `idFrom`. Null if nothing
 * looks like an id, or if the response has the order's own id `sent` there.
 */
export function idFromOf(answer: AnswerWithId, sentId: string): string | null {
  let level: readonly { readonly path: JsonPath; readonly value: unknown }[] = [
    { path: [], value: parseJsonOrUndefined(answer.body ?? '') },
  ];
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    for (const { path, value } of level) {
      for (const name of ID_NAMES) {
        const id = valueAt(value, [name]);
        if (id === sentId) return null;
        if ((typeof id === 'string' && id !== '') || typeof id === 'number') {
          return renderJsonPath([...path, name]);
        }
      }
    }
    level = level.flatMap(({ path, value }) =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? []
        : Object.entries(value).map(([key, inner]) => ({ path: [...path, key], value: inner })),
    );
  }
  const last = lastPart(answer.location ?? '');
  return last === null || last === sentId ? null : ID_FROM_LOCATION;
}

function lastPart(location: string): string | null {
  const [path = ''] = location.split(/[?#]/);
  const last = path
    .split('/')
    .filter((part) => part !== '')
    .at(-1);
  if (last === undefined) return null;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

const SMALLEST_RARE = 2_000_000_000;

/** Returns an id of the same form as one that the API made, but one that it has hardly ever made. */
export function unknownIdLike(id: string): string {
  if (/^\d{1,9}$/.test(id)) return String(SMALLEST_RARE + Number(id));
  const head = id.slice(0, Math.max(0, id.length - 12));
  const tail = id.slice(head.length).replace(/[0-9a-eA-E]/g, (digit) => {
    if (/\d/.test(digit)) return String((Number(digit) + 5) % 10);
    return String.fromCharCode(digit.charCodeAt(0) + 1);
  });
  return tail === id.slice(head.length) ? `${id}0` : head + tail;
}
