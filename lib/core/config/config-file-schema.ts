import * as z from 'zod';
import { UserError } from '../errors/user-error.ts';
import type { OrderMapping } from '../order/order-mapping.ts';
import { closestName } from './closest-name.ts';
import { isSettableHeader } from './option-values.ts';
import { OPTION_KEYS, OPTIONS } from './options.ts';
import { contractKeys, ORDER_BODY_SHAPE, orderBodyFault } from './order-body-schema.ts';
import type { LoadConfig } from './run-config.ts';

/** The parsers of the options check values; the schema checks the shape of the file. */
const optionValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())], {
  error: 'expected a text, a number, true, false or a list of texts',
});

const optionShape = Object.fromEntries(
  OPTION_KEYS.filter((key) => OPTIONS[key].inFile).map((key) => [key, optionValue.optional()]),
);

const path = z
  .string()
  .regex(/^\/(?!\/)[^\s?#@\\]*$/, 'expected a path like /orders, without host, query or fragment');

/** Headers that hold nothing but secrets, which must not be in a file that is committed. */
const SECRET_HEADERS = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'];

const headerName = z
  .string()
  .refine(isSettableHeader, 'not a header that can be set')
  .refine(
    (name) => !SECRET_HEADERS.includes(name.toLowerCase()),
    'is a secret; set it with headers: ["name=env:VARIABLE"]',
  );

const fieldName = z.string().min(1);

const orderShape = {
  createPath: path,
  createMethod: z.enum(['POST', 'PUT']),
  readPath: path.includes('{orderId}', 'expected a path with {orderId} in it'),
  enqueuePath: path,
  headers: z.record(headerName, z.string().regex(/^[\x20-\x7e]*$/, 'expected printable ASCII')),
  fields: z
    .strictObject({
      orderId: fieldName,
      customerId: fieldName,
      productId: fieldName,
      quantity: fieldName,
      price: fieldName,
    })
    .partial(),
  ttlField: fieldName.nullable(),
  ttlSeconds: z.int().min(1).max(315_360_000),
  successBody: z.string().nullable(),
  successStatuses: z.array(z.int().min(200).max(299)).min(1),
  enqueuedStatuses: z.array(z.int().min(200).max(299)).min(1),
  enqueuedBody: z.string().nullable(),
  ...ORDER_BODY_SHAPE,
} satisfies Record<keyof OrderMapping, z.ZodType>;

const CONFIG_FILE = z.strictObject({
  ...optionShape,
  scenarios: z.record(z.string(), z.strictObject(optionShape)).optional(),
  order: z.strictObject(orderShape).partial().optional(),
});

/**
 * The checked content of a config file, which messages call `name`.
 * @throws UserError of one line for the first thing that is wrong.
 */
export function parseConfigFile(content: unknown, name: string): LoadConfig {
  const result = CONFIG_FILE.safeParse(content);
  if (!result.success) {
    throw new UserError('E_CONFIG_FILE', `${name}: ${describe(result.error.issues[0])}`);
  }
  const config = result.data as LoadConfig;
  refuseSharedFields(config, name);
  const fault = config.order && orderBodyFault(config.order);
  if (fault) throw new UserError('E_CONFIG_FILE', `${name}: order.${fault}`);
  return config;
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'not a valid configuration';
  const where = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = knownKeys(issue.path);
    const meant = closestName(key, known);
    const hint = meant === null ? `expected one of ${known.join(', ')}` : `did you mean ${meant}?`;
    return `${where === '' ? key : `${where}.${key}`} is not an option; ${hint}`;
  }
  const message = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
  const text = (message ?? issue.message).replace(/^Invalid input: /, '');
  return where === '' ? text : `${where}: ${text}`;
}

function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path[0] === 'order' && path[1] === 'contract') return contractKeys(path);
  if (path[0] === 'order' && path[1] === 'successWhen') return ['absent', 'present', 'equal'];
  if (path[0] === 'order') {
    return path[1] === 'fields' ? Object.keys(orderShape.fields.shape) : Object.keys(orderShape);
  }
  const options = Object.keys(optionShape);
  return path[0] === 'scenarios' ? options : [...options, 'scenarios', 'order'];
}

function refuseSharedFields(config: LoadConfig, name: string): void {
  const fields = Object.entries(config.order?.fields ?? {});
  const names = ['orderId', 'customerId', 'productId', 'quantity', 'price'].map(
    (field) => fields.find(([key]) => key === field)?.[1] ?? field,
  );
  if (config.order?.ttlField) names.push(config.order.ttlField);
  const twice = names.find((field, i) => names.indexOf(field) !== i);
  if (twice === undefined) return;
  throw new UserError(
    'E_CONFIG_FILE',
    `${name}: order.fields: two fields are named ${JSON.stringify(twice)}; expected different names`,
  );
}
