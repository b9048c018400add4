/** The texts in the body of an order, at any depth, by which a record of it is known; none in one that is no JSON. */
export function orderTexts(body: string): readonly string[] {
  try {
    return textsIn(JSON.parse(body));
  } catch {
    return [];
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
