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
  /** Writes the order of an iteration, with the same field values as `orderWriter`. */
  readonly write: (iteration: number, isWarmup: boolean, nowEpochMs: number) => string;
  /** Writes an order with other field values. */
  readonly writeOrder: (order: Order, iteration: number, nowEpochMs: number) => string;
}

export interface TemplateSource extends OrderSource {
  /** Seconds that `{{expiry}}` adds to the current time. */
  readonly ttlSeconds: number;
}

/**
 * Joins the texts of a template with an order's values for its slots. String arguments are already escaped for JSON.
 */
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
/** Length of `2026-01-02T03:04:05.`. */
const ISO_TO_SECOND = 20;
/** The second multiplier of `hash32`. It is odd, so multiplying by it is a bijection. */
const DRAW = 0x735a2d97;

/**
 * Returns functions that write orders from a template. Everything except ids, uuids and times depends only on seed and
 * iteration.
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
 * Generates the function as code, because k6's interpreter runs one template literal in half the time of a loop over
 * its parts. The code contains texts only as escaped literals, and numbers that were computed here.
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

/** Returns the template literal; appends to `draws` the statements that must run before it. */
function literalOf(
  { texts, slots }: CompiledTemplate,
  source: TemplateSource,
  draws: string[],
): string {
  const parts = texts.map((text, i) => {
    const slot = slots[i];
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
  /** Code that picks one of the options `low` to `high`. It halves the range, so a thousand options nest ten deep. */
  const codeOf = (low: number, high: number): string => {
    if (low === high) return literals[low] ?? '""';
    const middle = (low + high) >> 1;
    const limit = ((upTo[middle] ?? 0) / total) * 2 ** 32;
    return `(${drawn} < ${limit} ? ${codeOf(low, middle)} : ${codeOf(middle + 1, high)})`;
  };
  return codeOf(0, options.length - 1);
}

/**
 * Returns code for a uuid. Its first word is a bijection of the order's number; the rest is the same for the whole run.
 * That is cheap to write.
 */
function uuidOf(of: string, { run, seed }: TemplateSource): string {
  const keyed = (isWarm: boolean) => {
    const word = (i: number) => hash32(saltOf(`${run} ${seed} ${of} ${isWarm} ${i}`));
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

/** Returns a function that writes ISO times. Times in the same second share all but the milliseconds. */
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

/** JSON-escapes a text, without quotes around it. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
