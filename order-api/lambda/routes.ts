import type { LocalFunction } from './local-function.ts';

export interface Route {
  /** In API Gateway's form: `GET /orders/{orderId}`. */
  readonly key: string;
  readonly method: string;
  /** Path up to the parameter, or all of it. */
  readonly prefix: string;
  /** Name of the path's last segment if it is a parameter, or null. */
  readonly parameter: string | null;
  readonly lambda: LocalFunction;
}

export type RouteMatch =
  | {
      readonly kind: 'found';
      readonly route: Route;
      readonly parameters: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'methodNotAllowed' }
  | { readonly kind: 'notFound' };

const NO_PARAMETERS = {};

export function parseRoute(key: string, lambda: LocalFunction): Route {
  const [method = '', path = ''] = key.split(' ');
  const parameter = /\{(\w+)\}$/.exec(path);
  return {
    key,
    method,
    prefix: parameter === null ? path : path.slice(0, parameter.index),
    parameter: parameter?.[1] ?? null,
    lambda,
  };
}

export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch {
  let pathKnown = false;
  for (const route of routes) {
    const parameters = matchPath(route, path);
    if (parameters === null) continue;
    if (route.method === method) return { kind: 'found', route, parameters };
    pathKnown = true;
  }
  return { kind: pathKnown ? 'methodNotAllowed' : 'notFound' };
}

function matchPath(route: Route, path: string): Readonly<Record<string, string>> | null {
  if (route.parameter === null) return path === route.prefix ? NO_PARAMETERS : null;
  if (!path.startsWith(route.prefix)) return null;
  const segment = path.slice(route.prefix.length);
  if (segment === '' || segment.includes('/')) return null;
  try {
    return { [route.parameter]: decodeURIComponent(segment) };
  } catch {
    return null;
  }
}
