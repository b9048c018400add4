import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Auth, LoadPlan } from '../../core/load/load-plan.ts';
import { DEFAULT_ORDER_MAPPING, enqueueMapping } from '../../core/order/order-mapping.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { parseOrderApiFlags } from '../order-api/order-api-flags.ts';
import type { EmbeddedOrderApi } from './embedded-order-api.ts';

/** How orders are sent, as the report records it: what makes two runs the same load, without secrets. */
export function requestFacts(plan: LoadPlan): NonNullable<Report['load']['request']> {
  const { mapping, auth, headers, http1, query } = plan;
  const base = plan.question.usesQueue
    ? enqueueMapping(DEFAULT_ORDER_MAPPING)
    : DEFAULT_ORDER_MAPPING;
  // The contract does not change the load.
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

/** How an embedded order API differs from one with the defaults. */
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
 * Hash of the entries that differ from the defaults, or null if none does. So an option that a later version adds, with
 * its default, does not change it.
 */
function hashOfChanges(settings: object, defaults: object): string | null {
  const known = defaults as Readonly<Record<string, unknown>>;
  const changes = Object.entries(settings)
    .filter(([name, value]) => !isDeepStrictEqual(value, known[name]))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (changes.length === 0) return null;
  return createHash('sha256').update(JSON.stringify(changes)).digest('hex').slice(0, 16);
}
