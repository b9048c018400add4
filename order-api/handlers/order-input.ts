import * as z from 'zod/mini';
import type { OrderInput } from '../store/order-store.ts';

/** DynamoDB's limit for a partition key, applied to the other ids as well. */
const MAX_ID_BYTES = 2048;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether a string can be the id of an order: the store keeps it unchanged. */
export function isStorableId(id: string): boolean {
  if (id.length === 0 || id.length > MAX_ID_BYTES) return false;
  return Buffer.byteLength(id) <= MAX_ID_BYTES && !LONE_SURROGATE.test(id);
}

/**
 * Whether the store can keep a value in an attribute that is not a key: any valid UTF-8 text, including an empty one.
 */
export function isStorableText(value: unknown): value is string {
  return typeof value === 'string' && !LONE_SURROGATE.test(value);
}

const id = z.string().check(z.refine(isStorableId));

const orderInput = z.object({
  orderId: id,
  customerId: id,
  productId: id,
  quantity: z.int(),
  price: z.int(),
  expiresAt: z.optional(z.int()),
});

/**
 * Parses an order from a request body; null if the contract requires 400. Ids are non-empty strings of at most 2,048
 * bytes; quantity and price are JSON numbers without a fraction ("3" is refused, 3.0 is 3). `expiresAt` (epoch seconds)
 * is optional; unknown attributes are dropped.
 */
export function parseOrderInput(body: string | undefined): OrderInput | null {
  if (body === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  const parsed = orderInput.safeParse(value);
  return parsed.success ? parsed.data : null;
}
