import { parseJsonOrUndefined } from './json-equal.ts';
import { type JsonPath, parseJsonPath, renderJsonPath, valueAt } from './json-path.ts';

/** The header that names where a new order is to be found. */
export const ID_FROM_LOCATION = 'Location';

export interface AnswerWithId {
  readonly body: string | null;
  /** The header of this name. */
  readonly location?: string | undefined;
}

/**
 * The id that an API has made for an order, from its answer: what is at the JSON path `idFrom`, or the last
 * part of the `Location` header. Null where the answer holds none.
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
/** How deep APIs wrap what they answer with. */
const MAX_DEPTH = 3;

/**
 * Where an answer to a new order most likely holds the id that the API made for it, as `idFrom` says it; null where
 * nothing looks like one, or where the answer names the order's own id `sent`.
 */
export function idFromOf(answer: AnswerWithId, sent: string): string | null {
  let level: readonly { readonly path: JsonPath; readonly value: unknown }[] = [
    { path: [], value: parseJsonOrUndefined(answer.body ?? '') },
  ];
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    for (const { path, value } of level) {
      for (const name of ID_NAMES) {
        const id = valueAt(value, [name]);
        if (id === sent) return null;
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
  return last === null || last === sent ? null : ID_FROM_LOCATION;
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

/** An id of the same kind as one that the API has made, which it has hardly made as well. */
export function unknownIdLike(id: string): string {
  if (/^\d{1,9}$/.test(id)) return String(SMALLEST_RARE + Number(id));
  const head = id.slice(0, Math.max(0, id.length - 12));
  const tail = id.slice(head.length).replace(/[0-9a-eA-E]/g, (one) => {
    if (/\d/.test(one)) return String((Number(one) + 5) % 10);
    return String.fromCharCode(one.charCodeAt(0) + 1);
  });
  return tail === id.slice(head.length) ? `${id}0` : head + tail;
}
