import type { LoadConfig } from '../config/run-config.ts';
import { UserError } from '../config/user-error.ts';

/** A config to begin with, and what its reader has to look at. */
export interface FirstConfig {
  readonly config: LoadConfig;
  readonly notes: readonly string[];
}

export function descriptionError(why: string): UserError {
  return new UserError('E_API_DESCRIPTION', `no config can be made of this file: ${why}`);
}

export type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An operation that may create orders. */
export interface WayIn {
  readonly path: string;
  readonly method: 'POST' | 'PUT';
}

const ORDER_WORDS = /order|checkout|purchase|basket|cart/i;

/**
 * The operation that creates orders: the one at `path`, else the only one whose path speaks of orders, else the only
 * one there is. Paths with parameters are left out.
 *
 * @throws UserError E_API_DESCRIPTION that lists what there is.
 */
export function chooseWayIn<T extends WayIn>(all: readonly T[], path: string | null): T {
  if (path !== null) {
    const named = all.find((one) => one.path === path);
    if (named !== undefined) return named;
    throw descriptionError(`nothing is created at ${path}; there is ${listed(all)}`);
  }
  const fixed = all.filter((one) => !one.path.includes('{'));
  const ofOrders = fixed.filter((one) => ORDER_WORDS.test(one.path));
  const shortest = [...ofOrders].sort((a, b) => a.path.length - b.path.length)[0];
  const only = fixed.length === 1 ? fixed[0] : undefined;
  const found = shortest ?? only;
  if (found !== undefined) return found;
  throw descriptionError(
    `which operation creates orders is not clear; name it by --path: ${listed(all)}`,
  );
}

function listed(all: readonly WayIn[]): string {
  return all.length === 0 ? 'no POST or PUT' : all.map(({ path }) => path).join(', ');
}

/** What the routes alone say of orders, the same for every kind of description. */
export function orderRoutes({ path, method }: WayIn, gets: readonly string[]) {
  const readPath = readPathOf(gets, path);
  return {
    order: {
      createPath: path,
      ...(method === 'PUT' && { createMethod: method }),
      ...(readPath !== null && { readPath }),
    },
    notOffered: readPath === null ? (['readOrder', 'readUnknown'] as const) : [],
    note: `Orders go to ${method} ${path}${readPath === null ? '; nothing reads one back' : `, and are read at ${readPath}`}.`,
  };
}

export const SIGV4_NOTE = 'Requests are signed by SigV4: set the region in sigv4.';

/** The path that reads one order, of those with a GET: the way in with one parameter more; or null. */
function readPathOf(gets: readonly string[], createPath: string): string | null {
  const below = `${createPath.replace(/\/$/, '')}/{`;
  const found = gets.find(
    (path) => path.startsWith(below) && /^[^/]+\}$/.test(path.slice(below.length)),
  );
  return found === undefined ? null : `${below}orderId}`;
}
