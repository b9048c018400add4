import type { JsonValue } from '../order/order-template.ts';
import { type Fields, isRecord } from './way-in.ts';

export interface SchemaTemplate {
  readonly template: JsonValue;
  /** Whether one of its fields is the order's id. */
  readonly hasId: boolean;
  /** JSON paths of fields whose value is a guess. */
  readonly guessed: readonly string[];
}

const MAX_DEPTH = 12;

/** Patterns for names of fields, with the placeholder for each; the first that matches counts. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [
    /^(order[-_]?(id|number|no|ref(erence)?)|reference|external[-_]?(id|ref(erence)?)|idempotency[-_]?key)$/i,
    '{{orderId}}',
  ],
  [/customer|user|buyer|account|client|member/i, '{{customerId}}'],
  [/product|sku|article|variant|item[-_]?(id|code|number)/i, '{{productId}}'],
];
const QUANTITIES = /^(quantity|qty|count|units|pieces)$/i;
const PRICES = /price|amount|total|cost|cents/i;

/** Keys in which a schema combines others. */
const CHOICES = ['oneOf', 'anyOf'] as const;

/**
 * A template for a body described by a JSON schema: its required properties, and those that match a property of an
 * order. References point into `document`.
 */
export function schemaTemplate(schema: unknown, document: Fields): SchemaTemplate {
  const guessed: string[] = [];
  let hasId = false;

  function templateOf(of: unknown, name: string, path: string, depth: number): JsonValue {
    const it = merged(resolved(of, document), document);
    if (depth > MAX_DEPTH) return null;
    const properties = isRecord(it['properties']) ? it['properties'] : null;
    if (properties !== null || it['type'] === 'object')
      return objectOf(it, properties ?? {}, path, depth);
    if (it['type'] === 'array' || it['items'] !== undefined) {
      return [templateOf(it['items'] ?? {}, name.replace(/s$/, ''), `${path}[0]`, depth + 1)];
    }
    return leafOf(it, name, path);
  }

  function objectOf(it: Fields, properties: Fields, path: string, depth: number): JsonValue {
    const required = Array.isArray(it['required']) ? it['required'] : null;
    const entries = Object.entries(properties).flatMap(([name, of]): [string, JsonValue][] => {
      const property = resolved(of, document);
      if (property['readOnly'] === true) return [];
      const isWanted = required === null || required.includes(name) || fits(name);
      return isWanted
        ? [[name, templateOf(property, ownName(name, path), `${path}.${name}`, depth + 1)]]
        : [];
    });
    return Object.fromEntries(entries);
  }

  function leafOf(it: Fields, name: string, path: string): JsonValue {
    const type = Array.isArray(it['type']) ? it['type'].find((one) => one !== 'null') : it['type'];
    if (it['const'] !== undefined) return it['const'] as JsonValue;
    if (Array.isArray(it['enum']) && it['enum'].length > 0)
      return choiceOf(it['enum'] as JsonValue[]);
    if (type === 'integer' || type === 'number') return numberOf(it, type, name, path);
    if (type === 'boolean') return typeof it['default'] === 'boolean' ? it['default'] : false;
    return textOf(it, name, path);
  }

  function numberOf(it: Fields, type: 'integer' | 'number', name: string, path: string): JsonValue {
    if (QUANTITIES.test(name)) return '{{quantity}}';
    if (PRICES.test(name)) return type === 'integer' ? '{{price}}' : '{{price:decimal}}';
    return known(it, path) ?? (typeof it['minimum'] === 'number' ? it['minimum'] : 1);
  }

  function textOf(it: Fields, name: string, path: string): JsonValue {
    const placeholder = TEXTS.find(([names]) => names.test(name))?.[1];
    const isId = placeholder === '{{orderId}}';
    if (it['format'] === 'uuid') {
      hasId ||= isId;
      return '{{uuid}}';
    }
    if (it['format'] === 'date-time') return '{{timestamp}}';
    if (placeholder !== undefined && it['pattern'] === undefined && it['format'] === undefined) {
      hasId ||= isId;
      return placeholder;
    }
    return known(it, path) ?? (it['format'] === 'email' ? 'load-test@example.com' : 'load test');
  }

  /** A value from the description itself, or a guess that is listed for the reader. */
  function known(it: Fields, path: string): JsonValue | null {
    for (const given of [
      it['example'],
      it['default'],
      Array.isArray(it['examples']) ? it['examples'][0] : undefined,
    ]) {
      if (given !== undefined && given !== null) return literal(given as JsonValue);
    }
    guessed.push(path);
    return null;
  }

  const template = templateOf(schema, '', '$', 0);
  return { template, hasId, guessed };
}

function fits(name: string): boolean {
  return TEXTS.some(([names]) => names.test(name)) || QUANTITIES.test(name) || PRICES.test(name);
}

/** The name of a field with its parent's: `id` in `customer` is the customer's. */
function ownName(name: string, path: string): string {
  const [parent = ''] = path
    .replace(/\[0\]$/, '')
    .split('.')
    .slice(-1);
  if (!/^(id|code|number)$/i.test(name)) return name;
  return parent === '$' ? `order_${name}` : `${parent.replace(/s$/, '')}_${name}`;
}

function choiceOf(values: readonly JsonValue[]): JsonValue {
  return values.length === 1 ? literal(values[0] as JsonValue) : { $oneOf: values.map(literal) };
}

/** Marks a value with braces as literal, so it is not taken for a placeholder. */
function literal(value: JsonValue): JsonValue {
  return JSON.stringify(value).includes('{{') ? { $literal: value } : value;
}

/** Follows references within the document, up to `MAX_DEPTH`; anything that is not an object gives an empty schema. */
export function resolved(of: unknown, document: Fields): Fields {
  let it = of;
  for (
    let step = 0;
    step < MAX_DEPTH && isRecord(it) && typeof it['$ref'] === 'string';
    step += 1
  ) {
    if (!it['$ref'].startsWith('#/')) return {};
    const keys = it['$ref'].slice(2).split('/');
    it = keys.reduce<unknown>((at, key) => {
      const name = decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~');
      return isRecord(at) ? at[name] : undefined;
    }, document);
  }
  return isRecord(it) ? it : {};
}

/** A schema merged with its `allOf`, and with the first of its alternatives. */
function merged(it: Fields, document: Fields, depth = 0): Fields {
  if (depth > MAX_DEPTH) return it;
  const parts = [
    ...(Array.isArray(it['allOf']) ? it['allOf'] : []),
    ...CHOICES.flatMap((key) => (Array.isArray(it[key]) ? it[key].slice(0, 1) : [])),
  ].map((part) => merged(resolved(part, document), document, depth + 1));
  return parts.reduce<Fields>((all, part) => combined(all, part), it);
}

/** Merges two schemas; values in `all` win. */
function combined(all: Fields, part: Fields): Fields {
  const listOf = ({ required }: Fields): unknown[] => (Array.isArray(required) ? required : []);
  const required = [...listOf(all), ...listOf(part)];
  const [own, others] = [all['properties'], part['properties']];
  return {
    ...part,
    ...all,
    ...((isRecord(own) || isRecord(others)) && {
      properties: { ...(isRecord(others) && others), ...(isRecord(own) && own) },
    }),
    ...(required.length > 0 && { required }),
  };
}
