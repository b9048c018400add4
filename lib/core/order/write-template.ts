import type { Order } from './order.ts';
import { type CompiledTemplate, type Slot, saltOf } from './order-template.ts';
import {
  CUSTOMERS,
  GOLDEN_PRIME,
  hash32,
  MAX_PRICE,
  MAX_QUANTITY,
  MIN_PRICE,
  type OrderSource,
  orderIdPrefix,
  PRODUCTS,
} from './write-order.ts';

export interface TemplateWriter {
  /** The order of an iteration, with the fields that `orderWriter` gives it. */
  readonly write: (iteration: number, isWarmup: boolean, nowEpochMs: number) => string;
  /** The same with other fields. */
  readonly writeOrder: (order: Order, iteration: number, nowEpochMs: number) => string;
}

export interface TemplateSource extends OrderSource {
  /** What `{{expiry}}` adds to the time. */
  readonly ttlSeconds: number;
}

/**
 * Gives functions that write orders by a template. All but ids, uuids and times depends on seed and iteration
 * only. As in `orderWriter` no object is made for an order: what it consists of lies in variables that the slots read.
 */
export function templateWriter(
  compiled: CompiledTemplate,
  { run, seed, ttlSeconds }: TemplateSource,
): TemplateWriter {
  const { imul, floor } = Math;
  const seedHash = hash32(seed);
  const prefix = escaped(orderIdPrefix(run, false));
  const warmupPrefix = escaped(orderIdPrefix(run, true));
  let given: Order | null = null;
  let index = 0;
  let isWarm = false;
  let nowMs = 0;
  let first = 0;
  let second = 0;

  const price = () =>
    given === null ? MIN_PRICE + ((second >>> 8) % (MAX_PRICE - MIN_PRICE + 1)) : given.price;
  const values: Readonly<Record<string, () => string | number>> = {
    orderId: () =>
      given === null ? (isWarm ? warmupPrefix : prefix) + index : escaped(given.orderId),
    customerId: () =>
      given === null ? `customer-${(first >>> 0) % CUSTOMERS}` : escaped(given.customerId),
    productId: () =>
      given === null ? `product-${(second >>> 0) % PRODUCTS}` : escaped(given.productId),
    quantity: () => (given === null ? 1 + ((first >>> 16) % MAX_QUANTITY) : given.quantity),
    price,
    'price:decimal': () => (price() / 100).toFixed(2),
    'price:decimal-text': () => (price() / 100).toFixed(2),
    index: () => index,
    timestamp: () => new Date(nowMs).toISOString(),
    'timestamp:s': () => floor(nowMs / 1000),
    'timestamp:ms': () => floor(nowMs),
    expiry: () => floor(nowMs / 1000) + ttlSeconds,
  };

  function slotWriter(slot: Slot): () => string | number {
    if (slot.kind === 'choice') return choiceWriter(slot);
    const { name, format, of } = slot;
    if (name === 'uuid') return uuidWriter(of);
    const write = values[format === null || format === 'text' ? name : `${name}:${format}`];
    if (write === undefined) throw new Error(`no placeholder {{${name}:${format}}}`);
    return write;
  }

  function choiceWriter({ options, upTo, salt }: Extract<Slot, { kind: 'choice' }>) {
    const writers = options.map(textWriter);
    const key = hash32(seed ^ salt);
    const total = upTo.at(-1) ?? 0;
    const limits = upTo.map((sum) => (sum / total) * 2 ** 32);
    return () => {
      const drawn = hash32(key + index) >>> 0;
      let at = 0;
      while (drawn >= (limits[at] as number)) at += 1;
      return (writers[at] as () => string)();
    };
  }

  function uuidWriter(of: string): () => string {
    const keysOf = (warm: boolean) =>
      [1, 2, 3, 4].map((word) => hash32(saltOf(`${run} ${seed} ${of} ${warm} ${word}`)));
    const [keys, warmupKeys] = [keysOf(false), keysOf(true)];
    return () => {
      const [a = 0, b = 0, c = 0, d = 0] = isWarm ? warmupKeys : keys;
      const [two, three] = [
        hex(hash32(b + index)),
        hex((hash32(c + index) & 0x3fffffff) | 0x80000000),
      ];
      return `${hex(hash32(a + index))}-${two.slice(0, 4)}-4${two.slice(5)}-${three.slice(0, 4)}-${three.slice(4)}${hex(hash32(d + index))}`;
    };
  }

  function textWriter({ texts, slots }: CompiledTemplate): () => string {
    const opening = texts[0] ?? '';
    const writers = slots.map(slotWriter);
    const after = texts.slice(1);
    const count = writers.length;
    return () => {
      let text = opening;
      for (let at = 0; at < count; at++) {
        text += (writers[at] as () => string)() + (after[at] as string);
      }
      return text;
    };
  }

  const write = textWriter(compiled);
  return {
    write(iteration, isWarmup, nowEpochMs) {
      index = iteration;
      isWarm = isWarmup;
      nowMs = nowEpochMs;
      first = hash32(seedHash + iteration);
      second = imul(first, GOLDEN_PRIME);
      return write();
    },
    writeOrder(order, iteration, nowEpochMs) {
      given = order;
      index = iteration;
      isWarm = false;
      nowMs = nowEpochMs;
      const text = write();
      given = null;
      return text;
    },
  };
}

function hex(word: number): string {
  return ((word >>> 0) + 2 ** 32).toString(16).slice(1);
}

/** The JSON of a text without its quotes. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
