import { orderEncoder } from './encode-order.ts';
import { type JsonPath, parseJsonPath, valueAt } from './json-path.ts';
import type { Order } from './order.ts';
import type { OrderMapping } from './order-mapping.ts';
import { type CompiledTemplate, compileTemplate, TemplateError } from './order-template.ts';
import { type OrderSource, orderIdPrefix, orderWriter } from './write-order.ts';
import { type TemplateWriter, templateWriter } from './write-template.ts';

/** Writes the bodies that the target is sent, in any form that the mapping can have. */
export interface OrderBodies {
  /** The body of an iteration's order; see `orderWriter` for what it depends on. */
  readonly write: (iteration: number, isWarmup: boolean, nowEpochMs: number) => string;
  /** The body of an order with the given fields. */
  readonly encode: (order: Order, iteration: number, nowEpochSeconds: number) => string;
  /** Id in the body of an iteration's order, or null if no field is known to contain one. */
  readonly idOf: (iteration: number, isWarmup?: boolean) => string | null;
  /** Id in the body of an order with the given fields. */
  readonly idOfOrder: (order: Order, iteration: number) => string | null;
}

/** The parts of the mapping that decide a body. */
export type BodyMapping = Pick<
  OrderMapping,
  'fields' | 'ttlField' | 'ttlSeconds' | 'body' | 'bodies' | 'idField'
>;

/**
 * Returns the writer of a run's bodies: the five fields under their names, a template, or the rows of a file in turn.
 * `rows` are the lines of that file, if the mapping names one.
 */
export function orderBodies(
  source: OrderSource,
  mapping: BodyMapping,
  rows: readonly string[] = [],
): OrderBodies {
  if (mapping.bodies !== null) return rowBodies(source, mapping, rows);
  if (mapping.body !== null) return templateBodies(source, mapping, mapping.body);
  const encode = orderEncoder(mapping);
  const id = (iteration: number, isWarmup = false) =>
    `${orderIdPrefix(source.run, isWarmup)}${iteration}`;
  return {
    write: orderWriter(source, mapping),
    encode: (order, _iteration, nowEpochSeconds) => encode(order, nowEpochSeconds),
    idOf: id,
    idOfOrder: ({ orderId }) => orderId,
  };
}

function templateBodies(
  source: OrderSource,
  { ttlSeconds, idField }: BodyMapping,
  template: unknown,
): OrderBodies {
  const compiled = compileTemplate(template);
  const { write, writeOrder } = templateWriter(compiled, { ...source, ttlSeconds });
  const idText = idTextOf(compiled, idField);
  const idWriter =
    idText === null ? null : templateWriter(compileTemplate(idText), { ...source, ttlSeconds });
  return {
    write,
    encode: (order, iteration, nowEpochSeconds) =>
      writeOrder(order, iteration, nowEpochSeconds * 1000),
    idOf: (iteration, isWarmup = false) =>
      idWriter && (JSON.parse(idWriter.write(iteration, isWarmup, 0)) as string),
    idOfOrder: (order, iteration) =>
      idWriter && (JSON.parse(idWriter.writeOrder(order, iteration, 0)) as string),
  };
}

function rowBodies(
  source: OrderSource,
  { ttlSeconds, idField }: BodyMapping,
  rows: readonly string[],
): OrderBodies {
  const idPath = idField === null ? null : parseJsonPath(idField);
  const writers = new Map<number, TemplateWriter>();
  const rowOf = (iteration: number): number => {
    const row = iteration % rows.length;
    return row < 0 ? row + rows.length : row;
  };
  /** Null for a row that is sent unchanged. */
  const writerOf = (row: number): TemplateWriter | null => {
    const text = rows[row] ?? '';
    if (!holdsPlaceholders(text)) return null;
    const known = writers.get(row);
    if (known !== undefined) return known;
    const compiled = compileTemplate(JSON.parse(text), `line ${row + 1}`);
    const writer = templateWriter(compiled, { ...source, ttlSeconds });
    writers.set(row, writer);
    return writer;
  };
  const encode = (order: Order, iteration: number, nowEpochSeconds: number): string => {
    const row = rowOf(iteration);
    return writerOf(row)?.writeOrder(order, iteration, nowEpochSeconds * 1000) ?? rows[row] ?? '';
  };
  const write = (iteration: number, isWarmup: boolean, nowEpochMs: number): string => {
    const row = rowOf(iteration);
    return writerOf(row)?.write(iteration, isWarmup, nowEpochMs) ?? rows[row] ?? '';
  };
  const idIn = (body: string): string | null =>
    idPath === null ? null : idText(valueAt(JSON.parse(body), idPath));
  return {
    write,
    encode,
    idOf: (iteration, isWarmup = false) => {
      if (rows.length === 0) return null;
      return idIn(write(iteration, isWarmup, 0));
    },
    idOfOrder: (order, iteration) => {
      if (rows.length === 0) return null;
      return idIn(encode(order, iteration, 0));
    },
  };
}

/** Whether a row contains placeholders. Rows without them are sent unchanged, which costs nothing. */
export function holdsPlaceholders(row: string): boolean {
  return row.includes('{{') || /"\$(oneOf|literal|weights)"/i.test(row);
}

function idText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * Returns the path of the order's id in a template: `idField`, or the text with `{{orderId}}`; null if there is
 * neither.
 */
export function idPathOf(compiled: CompiledTemplate, idField: string | null): JsonPath | null {
  return idOf(compiled, idField)?.path ?? null;
}

function idTextOf(compiled: CompiledTemplate, idField: string | null): string | null {
  return idOf(compiled, idField)?.text ?? null;
}

type IdText = CompiledTemplate['ids'][number];

function idOf({ ids: all }: CompiledTemplate, idField: string | null): IdText | null {
  // A text with a time in it cannot be computed again when the order is looked for.
  const ids = all.filter(({ text }) => !/\{\{\s*(timestamp|expiry)/.test(text));
  if (idField === null) return ids.find(({ text }) => /\{\{\s*orderId\s*\}\}/.test(text)) ?? null;
  const path = parseJsonPath(idField) ?? [];
  const match = ids.find((id) => id.path.join('\0') === path.join('\0'));
  if (match !== undefined) return match;
  throw new TemplateError(
    `idField: ${idField} cannot be the order’s id: expected the path of a text in the body that contains {{orderId}} or {{uuid}} and no time, so no two orders share an id`,
  );
}
