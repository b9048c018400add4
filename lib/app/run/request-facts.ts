import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Auth, LoadPlan } from '../../core/load/load-plan.ts';
import { DEFAULT_ORDER_MAPPING, enqueueMapping } from '../../core/order/order-mapping.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { parseOrderApiFlags } from '../order-api/order-api-flags.ts';
import type { EmbeddedOrderApi } from './embedded-order-api.ts';

/** How orders are sent, as a report keeps it: what makes runs the same load, and no secret. */
export function requestFacts(plan: LoadPlan): NonNullable<Report['load']['request']> {
  const { mapping, auth, headers, http1, query } = plan;
  const base = plan.question.usesQueue
    ? enqueueMapping(DEFAULT_ORDER_MAPPING)
    : DEFAULT_ORDER_MAPPING;
  // What the API promises beside changes nothing about the load.
  const { createMethod, createPath, contract: _contract, ...spelling } = mapping;
  const names = [...headers.map(({ name }) => name), ...Object.keys(mapping.headers)];
  return {
    method: createMethod,
    path: query ? `${createPath}?${query}` : createPath,
    auth: authText(auth),
    headers: [...new Set(names.map((name) => name.toLowerCase()))].sort(),
    http1,
    orderHash: hashOfChanges(spelling, base),
  };
}

/** What makes an embedded order API another one than that of the defaults. */
export function embeddedFacts({ config }: EmbeddedOrderApi): {
  readonly store: string;
  readonly settingsHash?: string;
} {
  const { store, port: _port, logs: _logs, ...settings } = config;
  const defaults = parseOrderApiFlags([])?.config ?? {};
  const hash = hashOfChanges(settings, defaults);
  return {
    store: store.kind === 'endpoint' ? store.url : store.kind,
    ...(hash !== null && { settingsHash: hash }),
  };
}

function authText(auth: Auth): string {
  return auth.kind === 'sigv4' ? `sigv4 (${auth.region}, ${auth.service})` : auth.kind;
}

/**
 * Of the entries that differ from the defaults, or null where none does: what a later version adds, with a default,
 * leaves it as it is.
 */
function hashOfChanges(of: object, defaults: object): string | null {
  const known = defaults as Readonly<Record<string, unknown>>;
  const changes = Object.entries(of)
    .filter(([name, value]) => !isDeepStrictEqual(value, known[name]))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (changes.length === 0) return null;
  return createHash('sha256').update(JSON.stringify(changes)).digest('hex').slice(0, 16);
}
