import * as z from 'zod';
import { CONTRACT_ROWS, type ContractTerms, FIELD_FAULTS } from '../order/contract-terms.ts';
import { parseJsonPath, valueAt } from '../order/json-path.ts';
import { idPathOf, orderBodies } from '../order/order-bodies.ts';
import { ID_FROM_LOCATION } from '../order/order-id-from.ts';
import { DEFAULT_ORDER_MAPPING } from '../order/order-mapping.ts';
import { compileTemplate, TemplateError } from '../order/order-template.ts';
import type { OrderOverrides } from './run-config.ts';

/** The plan of a run is passed to k6 in an environment variable, which holds at most 128 KiB. */
const MAX_TEMPLATE_LENGTH = 64 * 1024;

const jsonPath = z
  .string()
  .refine((text) => parseJsonPath(text) !== null, 'expected a path in JSON, like $.data.id');

const statuses = (from: number) => z.array(z.int().min(from).max(599)).min(1).nullable();

const faults = z.union([z.literal('any'), z.array(z.enum(FIELD_FAULTS)).min(1)], {
  error: `expected "any" or a list of ${FIELD_FAULTS.join(', ')}`,
});

const successFields = z.strictObject({
  absent: z.array(jsonPath).optional(),
  present: z.array(jsonPath).optional(),
  equal: z.record(jsonPath, z.json()).optional(),
});

const contractShape = {
  notOffered: z.array(z.enum(CONTRACT_ROWS)),
  retryStatuses: statuses(200),
  conflictStatuses: statuses(200),
  malformedStatuses: statuses(400),
  unknownStatuses: statuses(200),
  accepts: z
    .strictObject({
      orderId: faults,
      customerId: faults,
      productId: faults,
      quantity: faults,
      price: faults,
    })
    .partial(),
  required: z.array(jsonPath),
} satisfies Record<keyof ContractTerms, z.ZodType>;

/** Keys of `order` that describe what orders look like, what responses mean and what the API promises. */
export const ORDER_BODY_SHAPE = {
  body: z.unknown(),
  bodies: z
    .string()
    .min(1)
    .regex(/^[^\0]*$/),
  idField: jsonPath.nullable(),
  idFrom: z
    .string()
    .refine(
      (text) => text === ID_FROM_LOCATION || parseJsonPath(text) !== null,
      `expected a path in the response, like $.id, or ${ID_FROM_LOCATION}`,
    )
    .nullable(),
  successWhen: z
    .union([z.literal('any'), successFields], {
      error: 'expected "any" or { absent, present, equal } with paths like $.errors',
    })
    .nullable(),
  contract: z.strictObject(contractShape).partial(),
};

/** Names that the config file knows below `order.contract` and `order.contract.accepts`. */
export function contractKeys(path: readonly PropertyKey[]): readonly string[] {
  return path.includes('accepts')
    ? Object.keys(DEFAULT_ORDER_MAPPING.fields)
    : Object.keys(contractShape);
}

/** A contradiction within `order`, as `key: what to do`; null if there is none. */
export function orderBodyFault(order: OrderOverrides): string | null {
  const { body, bodies, fields, ttlField, idField, idFrom, contract } = order;
  const own = body !== undefined && body !== null ? 'body' : bodies === undefined ? null : 'bodies';
  if (own === null) {
    if (idField)
      return 'idField: names a field of order.body or order.bodies; set one of them, or use order.fields.orderId';
    if (contract?.required?.length)
      return 'contract.required: names fields of order.body or order.bodies; without them, use contract.accepts for fields that are not required';
    return null;
  }
  if (body !== undefined && body !== null && bodies !== undefined) {
    return 'body and order.bodies exclude each other; leave one of them out';
  }
  if (fields !== undefined) return `fields: has no effect together with order.${own}; leave it out`;
  if (ttlField)
    return `ttlField: has no effect together with order.${own}; write {{expiry}} where the API expects it`;
  if (contract?.accepts !== undefined) {
    return `contract.accepts: has no effect together with order.${own}; list required fields in contract.required`;
  }
  if (idField && idFrom)
    return 'idField and order.idFrom exclude each other: either the order brings its id or the API makes it';
  return own === 'body' ? templateFault(order) : null;
}

function templateFault({ body, idField = null, contract }: OrderOverrides): string | null {
  if (typeof body !== 'object') return 'body: expected an object or a list';
  if (JSON.stringify(body).length > MAX_TEMPLATE_LENGTH) {
    return 'body: is longer than 64 KiB; put such bodies into a file and name it in order.bodies';
  }
  try {
    idPathOf(compileTemplate(body), idField);
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
  const mapping = { ...DEFAULT_ORDER_MAPPING, body: body ?? null, idField };
  const example = JSON.parse(orderBodies({ run: 'example', seed: 1 }, mapping).write(0, false, 0));
  const missing = contract?.required?.find(
    (path) => valueAt(example, parseJsonPath(path) ?? []) === undefined,
  );
  return missing === undefined ? null : `contract.required: ${missing} is not in order.body`;
}
