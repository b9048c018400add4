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

/** `2026-01-02T03:04:05.` */
const ISO_TO_SECOND = 20;
/** Odd, so that it makes a bijection; the second multiplier of `hash32`. */
const DRAW = 0x735a2d97;

const PRICES = MAX_PRICE - MIN_PRICE + 1;

type Text = () => string | number;

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
  let index = 0;
  let isWarm = false;
  let nowMs = 0;
  let first = 0;
  let second = 0;
  let secondMs = Number.NaN;
  let secondText = '';
  let given: Order = { orderId: '', customerId: '', productId: '', quantity: 0, price: 0 };

  const generated: Readonly<Record<string, Text>> = {
    orderId: () => (isWarm ? warmupPrefix : prefix) + index,
    customerId: () => `customer-${(first >>> 0) % CUSTOMERS}`,
    productId: () => `product-${(second >>> 0) % PRODUCTS}`,
    quantity: () => 1 + ((first >>> 16) % MAX_QUANTITY),
    price: () => MIN_PRICE + ((second >>> 8) % PRICES),
    'price:decimal': () => decimal(MIN_PRICE + ((second >>> 8) % PRICES)),
  };
  const ofGiven: Readonly<Record<string, Text>> = {
    orderId: () => escaped(given.orderId),
    customerId: () => escaped(given.customerId),
    productId: () => escaped(given.productId),
    quantity: () => given.quantity,
    price: () => given.price,
    'price:decimal': () => decimal(given.price),
  };
  const ofPlace: Readonly<Record<string, Text>> = {
    index: () => index,
    timestamp: () => {
      const ms = nowMs % 1000;
      if (nowMs - ms !== secondMs) {
        secondMs = nowMs - ms;
        secondText = new Date(secondMs).toISOString().slice(0, ISO_TO_SECOND);
      }
      return `${secondText}${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`;
    },
    'timestamp:s': () => floor(nowMs / 1000),
    'timestamp:ms': () => nowMs,
    expiry: () => floor(nowMs / 1000) + ttlSeconds,
  };

  const slotWriter =
    (fields: typeof generated) =>
    (slot: Slot): Text => {
      if (slot.kind === 'choice') return choiceWriter(slot, fields);
      if (slot.name === 'uuid') return uuidWriter(slot.of);
      // As text or as a number: only the quotes around it differ, and those are no part of the slot.
      const format = slot.format?.replace(/-?text$/, '');
      const name = format ? `${slot.name}:${format}` : slot.name;
      const write = fields[name] ?? ofPlace[name];
      if (write === undefined) throw new Error(`no placeholder {{${name}}}`);
      return write;
    };

  function choiceWriter(
    { options, upTo, salt }: Extract<Slot, { kind: 'choice' }>,
    fields: typeof generated,
  ): Text {
    const writers = options.map((option) => textWriter(option, slotWriter(fields)));
    const key = hash32(salt);
    const total = upTo.at(-1) ?? 0;
    const limits = upTo.map((sum) => (sum / total) * 2 ** 32);
    return () => {
      const drawn = imul(first ^ key, DRAW) >>> 0;
      let at = 0;
      while (drawn >= (limits[at] as number)) at += 1;
      return (writers[at] as Text)();
    };
  }

  /** Its first word is the order's, a bijection of its number; the rest is the run's. That is cheap to write. */
  function uuidWriter(of: string): Text {
    const keyed = (isWarmup: boolean) => {
      const word = (nth: number) => hash32(saltOf(`${run} ${seed} ${of} ${isWarmup} ${nth}`));
      const [two, three] = [hex(word(2)), hex((word(3) & 0x3fffffff) | 0x80000000)];
      const rest = `-${two.slice(0, 4)}-4${two.slice(5)}-${three.slice(0, 4)}-${three.slice(4)}${hex(word(4))}`;
      return { key: word(1), rest };
    };
    const [measured, warmup] = [keyed(false), keyed(true)];
    const { key, rest } = measured;
    const { key: warmupKey, rest: warmupRest } = warmup;
    return () => (isWarm ? hex(first ^ warmupKey) + warmupRest : hex(first ^ key) + rest);
  }

  const write = textWriter(compiled, slotWriter(generated));
  const writeGiven = textWriter(compiled, slotWriter(ofGiven));
  return {
    write(iteration, isWarmup, nowEpochMs) {
      index = iteration;
      isWarm = isWarmup;
      nowMs = floor(nowEpochMs);
      first = hash32(seedHash + iteration);
      second = imul(first, GOLDEN_PRIME);
      return write();
    },
    writeOrder(order, iteration, nowEpochMs) {
      given = order;
      index = iteration;
      isWarm = false;
      nowMs = floor(nowEpochMs);
      first = hash32(seedHash + iteration);
      return writeGiven();
    },
  };
}

const GROUP = 6;

/**
 * Gives what joins texts and slots. k6's interpreter joins a template literal at once, and a loop piece by piece
 * at twice the cost: so slots are taken in groups, each by a literal of its length.
 */
function textWriter(
  { texts, slots }: CompiledTemplate,
  slotWriter: (slot: Slot) => Text,
): () => string {
  const [opening = '', ...after] = texts;
  const writers = slots.map(slotWriter);
  const groups: (() => string)[] = [];
  for (let at = 0; at < writers.length; at += GROUP) {
    const group = groupWriter(writers.slice(at, at + GROUP), [
      at === 0 ? opening : '',
      ...after.slice(at, at + GROUP),
    ]);
    groups.push(group);
  }
  const [only, second] = groups;
  if (only === undefined) return () => opening;
  if (second === undefined) return only;
  if (groups.length === 2) return () => only() + second();
  return () => {
    let text = '';
    for (const group of groups) text += group();
    return text;
  };
}

function groupWriter(slots: readonly Text[], texts: readonly string[]): () => string {
  const [a, b, c, d, e, f] = slots as [Text, Text, Text, Text, Text, Text];
  const [t0, t1, t2, t3, t4, t5, t6] = texts;
  switch (slots.length) {
    case 1:
      return () => `${t0}${a()}${t1}`;
    case 2:
      return () => `${t0}${a()}${t1}${b()}${t2}`;
    case 3:
      return () => `${t0}${a()}${t1}${b()}${t2}${c()}${t3}`;
    case 4:
      return () => `${t0}${a()}${t1}${b()}${t2}${c()}${t3}${d()}${t4}`;
    case 5:
      return () => `${t0}${a()}${t1}${b()}${t2}${c()}${t3}${d()}${t4}${e()}${t5}`;
    default:
      return () => `${t0}${a()}${t1}${b()}${t2}${c()}${t3}${d()}${t4}${e()}${t5}${f()}${t6}`;
  }
}

/** Cents as a number with two decimals. */
function decimal(cents: number): string {
  const rest = cents % 100;
  return `${(cents - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`;
}

function hex(word: number): string {
  return ((word >>> 0) + 2 ** 32).toString(16).slice(1);
}

/** The JSON of a text without its quotes. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
