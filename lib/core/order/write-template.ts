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

/** Joins the texts of a template with what an order has in its slots. Texts are escaped for JSON already. */
type Render = (
  index: number,
  isWarm: boolean,
  nowMs: number,
  hash: number,
  orderId: string,
  customerId: string,
  productId: string,
  quantity: number,
  price: number,
) => string;

const PRICES = MAX_PRICE - MIN_PRICE + 1;
/** `2026-01-02T03:04:05.` */
const ISO_TO_SECOND = 20;
/** Odd, so that it makes a bijection; the second multiplier of `hash32`. */
const DRAW = 0x735a2d97;

/**
 * Gives functions that write orders by a template. All but ids, uuids and times depends on seed and iteration only.
 */
export function templateWriter(compiled: CompiledTemplate, source: TemplateSource): TemplateWriter {
  const { run, seed } = source;
  const { imul, floor } = Math;
  const seedHash = hash32(seed);
  const prefix = escaped(orderIdPrefix(run, false));
  const warmupPrefix = escaped(orderIdPrefix(run, true));
  const render = renderOf(compiled, source);
  return {
    write(iteration, isWarmup, nowEpochMs) {
      const first = hash32(seedHash + iteration);
      const second = imul(first, GOLDEN_PRIME);
      return render(
        iteration,
        isWarmup,
        floor(nowEpochMs),
        first,
        (isWarmup ? warmupPrefix : prefix) + iteration,
        `customer-${(first >>> 0) % CUSTOMERS}`,
        `product-${(second >>> 0) % PRODUCTS}`,
        1 + ((first >>> 16) % MAX_QUANTITY),
        MIN_PRICE + ((second >>> 8) % PRICES),
      );
    },
    writeOrder({ orderId, customerId, productId, quantity, price }, iteration, nowEpochMs) {
      const hash = hash32(seedHash + iteration);
      const texts = [orderId, customerId, productId].map(escaped) as [string, string, string];
      return render(iteration, false, floor(nowEpochMs), hash, ...texts, quantity, price);
    },
  };
}

/**
 * The function is written as code: k6's interpreter runs one template literal in half the time of a loop over its
 * parts. The code holds no text but in literals, escaped, and numbers that were computed here.
 */
function renderOf(compiled: CompiledTemplate, source: TemplateSource): Render {
  const draws: string[] = [];
  const literal = literalOf(compiled, source, draws);
  const make = new Function(
    'imul',
    'hex',
    'isoTime',
    `return (index, isWarm, nowMs, hash, orderId, customerId, productId, quantity, price) => {
      ${draws.join('\n')}
      return ${literal};
    };`,
  ) as (imul: typeof Math.imul, hex: typeof hexOf, isoTime: (ms: number) => string) => Render;
  return make(Math.imul, hexOf, isoTimeWriter());
}

/** Adds to `draws` what has to be computed before the literal. */
function literalOf(
  { texts, slots }: CompiledTemplate,
  source: TemplateSource,
  draws: string[],
): string {
  const parts = texts.map((text, at) => {
    const slot = slots[at];
    const value = slot === undefined ? '' : `\${${expressionOf(slot, source, draws)}}`;
    return text.replace(/[\\`$]/g, '\\$&') + value;
  });
  return `\`${parts.join('')}\``;
}

function expressionOf(slot: Slot, source: TemplateSource, draws: string[]): string {
  if (slot.kind === 'choice') return choiceOf(slot, source, draws);
  const { name, format, of } = slot;
  switch (name) {
    case 'uuid':
      return uuidOf(of, source);
    case 'price':
      return format?.startsWith('decimal')
        ? `(price - price % 100) / 100}.\${price % 100 < 10 ? '0' : ''}\${price % 100`
        : 'price';
    case 'timestamp':
      if (format === 'ms') return 'nowMs';
      return format === 's' ? '(nowMs - nowMs % 1000) / 1000' : 'isoTime(nowMs)';
    case 'expiry':
      return `(nowMs - nowMs % 1000) / 1000 + ${source.ttlSeconds}`;
    default:
      return name;
  }
}

function choiceOf(
  { options, upTo, salt }: Extract<Slot, { kind: 'choice' }>,
  source: TemplateSource,
  draws: string[],
): string {
  const drawn = `drawn${draws.length}`;
  draws.push(`const ${drawn} = imul(hash ^ ${hash32(salt)}, ${DRAW}) >>> 0;`);
  const total = upTo.at(-1) ?? 0;
  const literals = options.map((option) => literalOf(option, source, draws));
  /** Of the options from `low` to `high`: halved each time, so that a thousand options nest ten deep. */
  const among = (low: number, high: number): string => {
    if (low === high) return literals[low] ?? '""';
    const middle = (low + high) >> 1;
    const limit = ((upTo[middle] ?? 0) / total) * 2 ** 32;
    return `(${drawn} < ${limit} ? ${among(low, middle)} : ${among(middle + 1, high)})`;
  };
  return among(0, options.length - 1);
}

/** Its first word is the order's, a bijection of its number; the rest is the run's. That is cheap to write. */
function uuidOf(of: string, { run, seed }: TemplateSource): string {
  const keyed = (isWarm: boolean) => {
    const word = (nth: number) => hash32(saltOf(`${run} ${seed} ${of} ${isWarm} ${nth}`));
    const [two, three] = [hexOf(word(2)), hexOf((word(3) & 0x3fffffff) | 0x80000000)];
    const rest = `-${two.slice(0, 4)}-4${two.slice(5)}-${three.slice(0, 4)}-${three.slice(4)}`;
    return { key: word(1), rest: `'${rest}${hexOf(word(4))}'` };
  };
  const [measured, warmup] = [keyed(false), keyed(true)];
  return `hex(hash ^ (isWarm ? ${warmup.key} : ${measured.key}))}\${isWarm ? ${warmup.rest} : ${measured.rest}`;
}

function hexOf(word: number): string {
  return ((word >>> 0) + 2 ** 32).toString(16).slice(1);
}

/** Orders of one second share the most of it. */
function isoTimeWriter(): (epochMs: number) => string {
  let secondMs = Number.NaN;
  let secondText = '';
  return (epochMs) => {
    const ms = epochMs % 1000;
    if (epochMs - ms !== secondMs) {
      secondMs = epochMs - ms;
      secondText = new Date(secondMs).toISOString().slice(0, ISO_TO_SECOND);
    }
    return `${secondText}${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`;
  };
}

/** The JSON of a text without its quotes. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
