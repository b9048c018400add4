import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../lib/core/config/config-file-schema.ts';
import { requiredEnv } from '../../lib/core/config/required-env.ts';
import { resolveConfig } from '../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../lib/core/config/resolve-plan.ts';
import { orderBodies } from '../../lib/core/order/order-bodies.ts';
import { storedBodyTest } from '../../lib/core/order/stored-body.ts';
import { QUESTION_PROFILES } from '../../lib/questions/registry.ts';
import { checkContract } from '../core/order/check-contract.ts';
import { OWN_APIS } from '../core/order/own-apis.ts';

const PAGE = join(import.meta.dirname, '../../docs/your-own-api.md');
const page = await readFile(PAGE, 'utf8');

const SECRETS: Readonly<Record<string, readonly string[]>> = {
  'API Gateway with an API key': ['ORDER_API_KEY'],
  'API Gateway with Cognito': ['ID_TOKEN'],
  'API Gateway with IAM': ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
};

/** The configs of the page, by the heading that each stands below. */
async function configs(): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const [, heading = '', code = ''] of page.matchAll(
    /^### (.+)\n[^#]*?```ts\n(import type \{ LoadConfig \}[\s\S]*?)```/gm,
  )) {
    const { code: script } = await transform(code, { loader: 'ts', format: 'esm' });
    const module = (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as {
      default: unknown;
    };
    found.set(heading, module.default);
  }
  return found;
}

const found = await configs();

function resolved(heading: string, scenario: string) {
  const config = parseConfigFile(found.get(heading), 'load.config.ts');
  return resolveConfig({
    questions: QUESTION_PROFILES,
    scenario,
    flags: {},
    env: {},
    file: { path: 'load.config.ts', config },
  });
}

it('has a config for each shape', () => {
  expect([...found.keys()]).toEqual(Object.keys(OWN_APIS));
});

describe.each(Object.entries(OWN_APIS))('the config of %s', (heading, makeApi) => {
  it('is all that smoke needs to find the API healthy', () => {
    const { mapping } = resolved(heading, 'smoke');
    const { answers, verdicts } = checkContract(mapping, makeApi());
    expect(answers.rows.filter(({ brokenCount }) => brokenCount > 0)).toEqual([]);
    expect(Object.values(verdicts)).not.toContain('notChecked');
    expect(verdicts).toMatchObject({ newOrder: 'ok', malformed: 'ok' });
  });

  it('sends orders that the API stores, and sees that it does', () => {
    const { plan } = resolvePlan(resolved(heading, 'steady'), { run: 'r1' });
    const { createMethod, createPath, successStatuses } = plan.mapping;
    const { write } = orderBodies(plan, plan.mapping);
    const [api, isStored] = [makeApi(), storedBodyTest(plan.mapping)];
    for (let i = 0; i < 20; i++) {
      const { status, body } = api(createMethod, createPath, write(i, false, 1000));
      expect(successStatuses).toContain(status);
      expect(isStored(body)).toBe(true);
    }
    expect(requiredEnv(plan)).toEqual(SECRETS[heading] ?? []);
  });
});
