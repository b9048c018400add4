/** .NET and PHP write it before JSON by mistake, and most clients ignore it. */
const BYTE_ORDER_MARK = '\ufeff';

/** Whether two JSON values are equal, whatever the order of the keys in their objects. */
export function isJsonEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [Object.entries(one), Object.entries(other)];
  return (
    left.length === right.length &&
    left.every(
      ([key, value]) =>
        Object.hasOwn(other, key) &&
        isJsonEqual(value, (other as Readonly<Record<string, unknown>>)[key]),
    )
  );
}

/** Returns the value of a JSON text, with or without a byte order mark, or undefined if the text is not JSON. */
export function parseJsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
