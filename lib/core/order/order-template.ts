import type { JsonPath } from './json-path.ts';

/** Any JSON value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** The body of an order, with placeholders such as `{{orderId}}` in its texts. */
export type OrderTemplate = JsonValue;

/** A place in a template that is filled anew for every order. */
export type Slot =
  | {
      readonly kind: 'value';
      readonly name: PlaceholderName;
      readonly format: string | null;
      /** The text after the colon of `{{uuid:payment}}`; each such text gives another uuid. */
      readonly of: string;
    }
  | {
      readonly kind: 'choice';
      readonly options: readonly CompiledTemplate[];
      /** Cumulative weights, one for each option. */
      readonly upTo: readonly number[];
      /** Makes the draws of one choice independent of those of another. */
      readonly salt: number;
    };

/** A template in pieces. An order's JSON is texts and slots in turn, and begins and ends with a text. */
export interface CompiledTemplate {
  /** One more than there are slots. */
  readonly texts: readonly string[];
  readonly slots: readonly Slot[];
  /** Texts that contain `{{orderId}}` or `{{uuid}}`, outside of choices. */
  readonly ids: readonly { readonly path: JsonPath; readonly text: string }[];
}

/** Formats by placeholder. Those in `numbers` become JSON numbers if the placeholder is the whole string. */
const PLACEHOLDERS = {
  orderId: { numbers: [], texts: [''] },
  customerId: { numbers: [], texts: [''] },
  productId: { numbers: [], texts: [''] },
  quantity: { numbers: [''], texts: ['text'] },
  price: { numbers: ['', 'decimal'], texts: ['text', 'decimal-text'] },
  index: { numbers: [''], texts: ['text'] },
  uuid: { numbers: [], texts: [''] },
  timestamp: { numbers: ['s', 'ms'], texts: [''] },
  expiry: { numbers: [''], texts: [] },
} as const satisfies Readonly<
  Record<string, { readonly numbers: readonly string[]; readonly texts: readonly string[] }>
>;

export type PlaceholderName = keyof typeof PLACEHOLDERS;

const PLACEHOLDER = /\{\{\s*([A-Za-z]+)(?::([A-Za-z0-9-]+))?\s*\}\}/g;
const MAX_WEIGHT = 1_000_000;
const MAX_DEPTH = 50;

/** A template that cannot be compiled. The message begins with the path of the mistake. */
export class TemplateError extends Error {}

/**
 * Compiles a template, once for all orders.
 *
 * @throws TemplateError with the path of the mistake and the valid choices.
 */
export function compileTemplate(template: unknown, name = 'body'): CompiledTemplate {
  const compiler = new Compiler(name);
  compiler.add(template, [], 0);
  return compiler.finish();
}

class Compiler {
  readonly #name: string;
  readonly #inChoice: boolean;
  readonly #texts: string[] = [''];
  readonly #slots: Slot[] = [];
  readonly #ids: { path: JsonPath; text: string }[] = [];

  constructor(name: string, inChoice = false) {
    this.#name = name;
    this.#inChoice = inChoice;
  }

  finish(): CompiledTemplate {
    return { texts: this.#texts, slots: this.#slots, ids: this.#ids };
  }

  add(value: unknown, path: JsonPath, depth: number): void {
    if (depth > MAX_DEPTH) throw this.#error(path, `is nested more than ${MAX_DEPTH} deep`);
    if (typeof value === 'string') this.#addString(value, path);
    else if (Array.isArray(value)) this.#addList(value, path, depth);
    else if (isPlainObject(value)) this.#addObject(value, path, depth);
    else if (isConstant(value)) this.#addText(JSON.stringify(value));
    else throw this.#error(path, `${typeof value} is not a JSON value`);
  }

  #addText(text: string): void {
    this.#texts[this.#texts.length - 1] += text;
  }

  #addSlot(slot: Slot): void {
    this.#slots.push(slot);
    this.#texts.push('');
  }

  #addList(values: readonly unknown[], path: JsonPath, depth: number): void {
    this.#addText('[');
    for (const [position, value] of values.entries()) {
      if (position > 0) this.#addText(',');
      this.add(value, [...path, position], depth + 1);
    }
    this.#addText(']');
  }

  #addObject(object: Readonly<Record<string, unknown>>, path: JsonPath, depth: number): void {
    const keys = Object.keys(object).filter((key) => object[key] !== undefined);
    const directive = this.#directiveOf(keys, path);
    if (directive === '$literal') this.#addLiteral(object['$literal'], path);
    else if (directive === '$oneOf') this.#addChoice(object, path, depth);
    else this.#addMembers(object, keys, path, depth);
  }

  #addMembers(
    object: Readonly<Record<string, unknown>>,
    keys: readonly string[],
    path: JsonPath,
    depth: number,
  ): void {
    this.#addText('{');
    for (const [position, key] of keys.entries()) {
      if (key.includes('{{'))
        throw this.#error([...path, key], 'names cannot contain placeholders');
      this.#addText(`${position > 0 ? ',' : ''}${JSON.stringify(key)}:`);
      this.add(object[key], [...path, key], depth + 1);
    }
    this.#addText('}');
  }

  #directiveOf(keys: readonly string[], path: JsonPath): '$literal' | '$oneOf' | null {
    const given = keys.filter((key) => /^\$(literal|oneof|weights)$/i.test(key));
    if (given.length === 0) return null;
    const isLiteral = keys.length === 1 && keys[0] === '$literal';
    if (isLiteral) return '$literal';
    const isChoice =
      keys.includes('$oneOf') && keys.every((key) => /^\$(oneOf|weights)$/.test(key));
    if (isChoice) return '$oneOf';
    throw this.#error(
      path,
      `${given[0]}: expected { "$oneOf": […] }, optionally with "$weights": […], or { "$literal": … }, and nothing else`,
    );
  }

  #addLiteral(value: unknown, path: JsonPath): void {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw this.#error(path, '$literal is not a JSON value');
    this.#addText(text);
  }

  #addChoice(object: Readonly<Record<string, unknown>>, path: JsonPath, depth: number): void {
    const options = object['$oneOf'];
    if (!Array.isArray(options) || options.length === 0) {
      throw this.#error(path, '$oneOf: expected a list of at least one value');
    }
    const weights = object['$weights'] ?? options.map(() => 1);
    if (!isWeights(weights, options.length)) {
      throw this.#error(
        path,
        `$weights: expected ${options.length} numbers from 0 to ${MAX_WEIGHT}, one for each value, not all of them 0`,
      );
    }
    const upTo: number[] = [];
    for (const weight of weights) upTo.push((upTo.at(-1) ?? 0) + weight);
    const compiled = options.map((option, position) => {
      const inner = new Compiler(this.#name, true);
      inner.add(option, [...path, '$oneOf', position], depth + 1);
      return inner.finish();
    });
    const salt = saltOf(`choice ${path.join('/')}`);
    this.#addSlot({ kind: 'choice', options: compiled, upTo, salt });
  }

  #addString(text: string, path: JsonPath): void {
    const matches = [...text.matchAll(PLACEHOLDER)];
    const slots = matches.map(([match, name = '', format]) =>
      this.#slotOf(match, name, format ?? '', path),
    );
    this.#refuseStrayBraces(text, path);
    const [only] = slots;
    const isWhole = matches.length === 1 && matches[0]?.[0] === text;
    const isId = matches.some(([, name]) => name === 'orderId' || name === 'uuid');
    if (isId && !this.#inChoice) this.#ids.push({ path, text });
    if (isWhole && only?.kind === 'value' && isNumber(only)) {
      this.#addSlot(only);
      return;
    }
    let from = 0;
    this.#addText('"');
    for (const [position, match] of matches.entries()) {
      this.#addText(inner(text.slice(from, match.index)));
      this.#addSlot(slots[position] as Slot);
      from = match.index + match[0].length;
    }
    this.#addText(`${inner(text.slice(from))}"`);
  }

  #slotOf(match: string, name: string, format: string, path: JsonPath): Slot {
    if (!isPlaceholder(name)) {
      const known = Object.keys(PLACEHOLDERS).map((key) => `{{${key}}}`);
      throw this.#error(path, `${match} is not a placeholder; expected one of ${known.join(', ')}`);
    }
    if (name === 'uuid') return { kind: 'value', name, format: null, of: format };
    const { numbers, texts } = PLACEHOLDERS[name];
    const formats: readonly string[] = [...numbers, ...texts];
    if (!formats.includes(format)) {
      const known = formats.map((format) => `{{${name}${format && `:${format}`}}}`);
      throw this.#error(path, `${match} is not a placeholder; expected one of ${known.join(', ')}`);
    }
    return { kind: 'value', name, format: format === '' ? null : format, of: '' };
  }

  #refuseStrayBraces(text: string, path: JsonPath): void {
    const rest = text.replace(PLACEHOLDER, '');
    if (!rest.includes('{{')) return;
    throw this.#error(
      path,
      `${JSON.stringify(text)} contains {{ but no placeholder; write {{orderId}} or another placeholder, or { "$literal": ${JSON.stringify(text)} } for the literal text`,
    );
  }

  #error(path: JsonPath, text: string): TemplateError {
    return new TemplateError([this.#name, ...path].join('.').concat(`: ${text}`));
  }
}

function isPlaceholder(name: string): name is PlaceholderName {
  return Object.hasOwn(PLACEHOLDERS, name);
}

function isNumber({ name, format }: Extract<Slot, { kind: 'value' }>): boolean {
  const numbers: readonly string[] = PLACEHOLDERS[name].numbers;
  return numbers.includes(format ?? '');
}

function isConstant(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || Number.isFinite(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isWeights(value: unknown, count: number): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length === count &&
    value.every((w) => typeof w === 'number' && w >= 0 && w <= MAX_WEIGHT) &&
    value.some((w) => w > 0)
  );
}

/** JSON-escapes a text, without quotes around it. */
function inner(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Returns the 32-bit FNV-1a hash of a text, http://www.isthe.com/chongo/tech/comp/fnv/ */
export function saltOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
