import type { LoadConfig } from '../config/run-config.ts';
import { UserError } from '../errors/user-error.ts';

/** A first config, and notes about what to check in it. */
export interface FirstConfig {
  readonly config: LoadConfig;
  readonly notes: readonly string[];
}

export function descriptionError(why: string): UserError {
  return new UserError('E_API_DESCRIPTION', `cannot create a config from this file: ${why}`);
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
 * The operation that creates orders: the one at `path`, otherwise the shortest path with a word for orders, otherwise
 * the only operation. Paths with parameters are left out.
 *
 * @throws UserError E_API_DESCRIPTION that lists the candidates.
 */
export function chooseWayIn<T extends WayIn>(all: readonly T[], path: string | null): T {
  if (path !== null) {
    const named = all.find((one) => one.path === path);
    if (named !== undefined) return named;
    throw descriptionError(`it has no POST or PUT at ${path}; it has ${listed(all)}`);
  }
  const fixed = all.filter((one) => !one.path.includes('{'));
  const orderPaths = fixed.filter((one) => ORDER_WORDS.test(one.path));
  const shortest = [...orderPaths].sort((a, b) => a.path.length - b.path.length)[0];
  const only = fixed.length === 1 ? fixed[0] : undefined;
  const chosen = shortest ?? only;
  if (chosen !== undefined) return chosen;
  throw descriptionError(
    `it is not clear which operation creates orders; choose one with --path: ${listed(all)}`,
  );
}

function listed(all: readonly WayIn[]): string {
  return all.length === 0 ? 'no POST or PUT' : all.map(({ path }) => path).join(', ');
}

/** The part of the config that follows from the routes, the same for every kind of description. */
export function orderRoutes({ path, method }: WayIn, gets: readonly string[]) {
  const readPath = readPathOf(gets, path);
  return {
    order: {
      createPath: path,
      ...(method === 'PUT' && { createMethod: method }),
      ...(readPath !== null && { readPath }),
    },
    notOffered: readPath === null ? (['readOrder', 'readUnknown'] as const) : [],
    note: `Orders go to ${method} ${path}${readPath === null ? '; there is no path to read one back' : `, and are read at ${readPath}`}.`,
  };
}

export const SIGV4_NOTE = 'Requests are signed with SigV4: set the region in sigv4.';

/** The path that reads one order: a GET at the path that creates orders plus one parameter; or null. */
function readPathOf(gets: readonly string[], createPath: string): string | null {
  const below = `${createPath.replace(/\/$/, '')}/{`;
  const found = gets.find(
    (path) => path.startsWith(below) && /^[^/]+\}$/.test(path.slice(below.length)),
  );
  return found === undefined ? null : `${below}orderId}`;
}
