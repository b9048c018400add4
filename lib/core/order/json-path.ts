/** Where in a JSON value something is: keys of objects and positions in lists, from the outside in. */
export type JsonPath = readonly (string | number)[];

const STEP = /\.([A-Za-z_$][\w$-]*)|\[(\d{1,9})\]|\['([^']+)'\]/y;

/** The path that a text such as `$.items[0].sku` or `$['line items']` means, or null for one that means none. */
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

/** As `parseJsonPath` reads it. */
export function renderJsonPath(path: JsonPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_$][\w$-]*$/.test(step) ? `.${step}` : `['${step}']`;
  });
  return `$${steps.join('')}`;
}

/** What is at a path; undefined where nothing is. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Readonly<Record<string | number, unknown>>)[step];
  }
  return at;
}

/** A copy of a JSON value with another value at a path that is there; undefined takes it away. */
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
