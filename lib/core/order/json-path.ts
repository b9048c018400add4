/** A position in a JSON value: keys of objects and indexes of lists, from the outside in. */
export type JsonPath = readonly (string | number)[];

const STEP = /\.([A-Za-z_$][\w$-]*)|\[(\d{1,9})\]|\['([^']+)'\]/y;

/** Parses a path such as `$.items[0].sku` or `$['line items']`; null if the text is not a path. */
export function parseJsonPath(text: string): JsonPath | null {
  if (!text.startsWith('$') || text.length < 2) return null;
  const path: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (match === null) return null;
    const [, name, position, quoted] = match;
    path.push(position === undefined ? (name ?? (quoted as string)) : Number(position));
  }
  return path;
}

/** Writes a path in the form that `parseJsonPath` reads. */
export function renderJsonPath(path: JsonPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_$][\w$-]*$/.test(step) ? `.${step}` : `['${step}']`;
  });
  return `$${steps.join('')}`;
}

/** Returns the value at a path, or undefined if nothing is there. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  let node = value;
  for (const step of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, step)) return undefined;
    node = (node as Readonly<Record<string | number, unknown>>)[step];
  }
  return node;
}

/** Returns a copy of a JSON value with the value at an existing path replaced, or removed if `changed` is undefined. */
export function withValueAt(value: unknown, path: JsonPath, changed: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(value)) as unknown;
  const last = path.at(-1);
  const parent = valueAt(copy, path.slice(0, -1));
  if (last === undefined || typeof parent !== 'object' || parent === null) return copy;
  if (changed !== undefined) (parent as Record<string | number, unknown>)[last] = changed;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<string | number, unknown>)[last];
  return copy;
}
