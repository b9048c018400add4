import { expect, it } from 'vitest';
import {
  type EmbeddedOrderApi,
  embeddedOrderApi,
} from '../../../lib/app/run/embedded-order-api.ts';
import { embeddedFacts, requestFacts } from '../../../lib/app/run/request-facts.ts';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import type { OrderOverrides } from '../../../lib/core/config/run-config.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

function factsOf(flags: Record<string, string>, order: OrderOverrides = {}, scenario = 'steady') {
  const env = { KEY: 'secret', TENANT: 'secret' };
  const file = { path: 'load.config.json', config: { order } };
  const config = resolveConfig({ questions: QUESTION_PROFILES, scenario, flags, env, file });
  return requestFacts(resolvePlan(config, { run: 'r', target: 'http://127.0.0.1:1' }).plan);
}

it('has no hash of orders where the config says nothing of them, in batch neither', () => {
  const usual = { method: 'POST', path: '/orders', auth: 'none', headers: [], http1: false };
  expect(factsOf({})).toEqual({ ...usual, orderHash: null });
  expect(factsOf({}, {}, 'batch')).toEqual({ ...usual, path: '/orders/async', orderHash: null });
});

it('tells orders that are written or read otherwise apart, and says nothing secret', () => {
  const orders: readonly OrderOverrides[] = [
    {},
    { fields: { orderId: 'id' } },
    { successBody: null },
    { successStatuses: [202] },
    { ttlField: 'expiresAt' },
    { headers: { 'x-source': 'a' } },
  ];
  expect(new Set(orders.map((order) => factsOf({}, order).orderHash)).size).toBe(orders.length);
  const facts = factsOf(
    { apiKeyEnv: 'KEY', headers: 'X-Tenant=env:TENANT' },
    { createPath: '/checkout', createMethod: 'PUT', headers: { 'X-Source': 'a' } },
  );
  expect(facts).toMatchObject({
    ...{ method: 'PUT', path: '/checkout', auth: 'apiKey' },
    headers: ['x-source', 'x-tenant'],
  });
  expect(JSON.stringify(facts)).not.toContain('secret');
});

it('tells embedded order APIs apart by what they were told, and not by their port', () => {
  const of = (store: 'memory' | 'dynalite' | null, deployment: string | null) =>
    embeddedFacts(embeddedOrderApi({ target: null, store, deployment }) as EmbeddedOrderApi);
  expect(of('memory', null)).toEqual({ store: 'memory' });
  expect(of('dynalite', null)).toEqual({ store: 'dynalite' });
  const [naive, tuned] = [of(null, 'naive-128'), of(null, 'tuned-1024')];
  expect(naive.settingsHash).toBeDefined();
  expect(naive.settingsHash).not.toBe(tuned.settingsHash);
});
