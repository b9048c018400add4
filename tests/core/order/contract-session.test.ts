import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../../lib/core/config/config-file-schema.ts';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { contractChecks } from '../../../lib/core/order/contract-checks.ts';
import type { OrderMapping } from '../../../lib/core/order/order-mapping.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';
import { proposedOrder } from '../../../lib/questions/smoke/proposed-order.ts';
import { checkContract, type OrderApi } from './check-contract.ts';
import { decimalPrices, OWN_APIS, serverIds } from './own-apis.ts';

function mappingOf(order: unknown): OrderMapping {
  const config = parseConfigFile({ order }, 'load.config.json');
  const file = { path: 'load.config.json', config };
  return resolveConfig({
    questions: QUESTION_PROFILES,
    scenario: 'smoke',
    flags: {},
    env: {},
    file,
  }).mapping;
}

const refused: OrderApi = () => ({
  ...{ status: 403, body: '{"message":"Missing Authentication Token"}' },
});

describe('an API that makes the ids', () => {
  const order = {
    ...{ successStatuses: [201], successBody: null, idFrom: '$.orderId' },
    contract: { accepts: { productId: 'any', price: 'any', customerId: ['type'] } },
  };

  it('is asked for its own ids, and for no retry', () => {
    const { verdicts, answers } = checkContract(mappingOf(order), serverIds());
    expect(verdicts).toEqual({
      ...{ newOrder: 'ok', contentType: 'notApplicable', malformed: 'ok' },
      ...{ retry: 'notApplicable', conflict: 'notApplicable' },
      ...{ readOrder: 'ok', readUnknown: 'ok', queueOrder: 'notOffered' },
    });
    expect(answers.rows.find(({ row }) => row === 'retry')?.note).toMatch(/makes the ids/);
  });

  it('breaks its promise where no id comes, and is not asked for the order then', () => {
    const mapping = mappingOf({ ...order, idFrom: '$.id' });
    const { verdicts, answers } = checkContract(mapping, serverIds());
    expect(verdicts).toMatchObject({ newOrder: 'broken', readOrder: 'notApplicable' });
    expect(answers.rows[0]?.broken[0]?.got).toMatch(/^201, .*, and no id in \$\.id$/);
  });

  it('is not believed where it answers with another order', () => {
    const api = serverIds();
    const forgetful: OrderApi = (method, path, body) =>
      method === 'GET' && api(method, path, body).status === 200
        ? { status: 200, body: '{"orderId":"o-1","customerId":"c"}' }
        : api(method, path, body);
    expect(checkContract(mappingOf(order), forgetful).verdicts.readOrder).toBe('broken');
  });
});

describe('refused credentials', () => {
  it('break no promise: three requests say it', () => {
    const { answers, records, verdicts } = checkContract(mappingOf({}), refused);
    expect(records).toHaveLength(3);
    expect(answers.refused).toBe('403, {"message":"Missing Authentication Token"}');
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['notChecked']));
  });

  it('of some requests only are judged as any other answer', () => {
    const { verdicts, answers } = checkContract(mappingOf({}), (method, path, body) =>
      method === 'GET' ? refused(method, path, body) : decimalPrices()(method, path, body),
    );
    expect(answers.refused).toBeUndefined();
    expect(verdicts).toMatchObject({ newOrder: 'ok', readOrder: 'broken', readUnknown: 'broken' });
  });
});

describe('a declared contract', () => {
  it('takes decimals where they are declared, and only in that field', () => {
    expect(checkContract(mappingOf({}), decimalPrices()).verdicts.malformed).toBe('broken');
    const declared = (field: string) => ({ contract: { accepts: { [field]: ['fraction'] } } });
    const of = (field: string) => checkContract(mappingOf(declared(field)), decimalPrices());
    expect(of('price').verdicts.malformed).toBe('ok');
    expect(of('quantity').verdicts.malformed).toBe('broken');
  });

  it('sends nothing for what is not offered, and shows it', () => {
    const contract = { notOffered: ['retry', 'conflict', 'readOrder', 'readUnknown', 'malformed'] };
    const { answers, records } = checkContract(mappingOf({ contract }), decimalPrices());
    expect(records).toHaveLength(2);
    const row = answers.rows.find((one) => one.row === 'malformed');
    expect(row).toMatchObject({ verdict: 'notOffered', planned: 0, note: 'the config says so' });
  });

  it('wants the statuses that it names, and no others', () => {
    const contract = { conflictStatuses: [412], retryStatuses: [208], unknownStatuses: [410] };
    const { verdicts } = checkContract(mappingOf({ contract }), decimalPrices());
    expect(verdicts).toMatchObject({ conflict: 'broken', retry: 'broken', readUnknown: 'broken' });
  });

  it('of a template names what must be there', () => {
    const body = { reference: '{{orderId}}', customer: { id: '{{customerId}}' }, items: [] };
    const order = { createPath: '/v1/orders', readPath: '/v1/orders/{orderId}', body };
    const answers = { successStatuses: [201], successBody: null };
    const verdict = (required: readonly string[], malformedStatuses = [422]) =>
      checkContract(
        mappingOf({ ...order, ...answers, contract: { required, malformedStatuses } }),
        OWN_APIS['API Gateway with Cognito']?.() as OrderApi,
      ).verdicts.malformed;
    expect(verdict(['$.items', '$.customer.id', '$.customer'])).toBe('ok');
    expect(verdict(['$.reference'])).toBe('broken');
    expect(verdict(['$.items'], [400])).toBe('broken');
  });
});

it('counts and names the same checks of a file of bodies with its rows and without', () => {
  const mapping = {
    ...mappingOf({}),
    ...{ bodies: { file: 'f', rows: 2, ownIds: true, sha256: '' }, idField: '$.id' },
  };
  const rows = ['{"id":"{{orderId}}","items":[1]}', '{"id":"{{orderId}}","items":[2]}'];
  const named = (given: readonly string[]) =>
    contractChecks({ run: 'r1', seed: 7, mapping }, 0, given).map(({ row }) => row);
  expect(named(rows)).toEqual(named([]));
});

describe('--learn', () => {
  function learn(api: () => OrderApi, order: unknown = {}) {
    const mapping = mappingOf(order);
    const { records } = checkContract(mapping, api());
    const checks = contractChecks({ run: 'r1', seed: 7, mapping }, 0);
    return proposedOrder({ mapping, checks, records });
  }

  it.each<[string, () => OrderApi]>([
    ['makes the ids', serverIds],
    ['takes decimal prices', decimalPrices],
    ['takes a key', OWN_APIS['API Gateway with an API key'] as () => OrderApi],
    ['stands before a queue', OWN_APIS['A queue front'] as () => OrderApi],
  ])('proposes what makes smoke pass on an API that %s', (_, api) => {
    const { order } = learn(api);
    expect(order).not.toEqual({});
    const { answers } = checkContract(mappingOf(order), api());
    expect(answers.rows.filter(({ verdict }) => verdict === 'broken')).toEqual([]);
  });

  it('proposes nothing for an API that keeps the contract', () => {
    const strict = { contract: { accepts: { price: ['fraction'] } } };
    expect(learn(decimalPrices, strict)).toEqual({
      ...{ order: strict, notes: [] },
    });
  });

  it('hides no fault', () => {
    const failing: OrderApi = (method, path, body) =>
      body === 'order=1' ? { status: 500, body: 'Oops' } : decimalPrices()(method, path, body);
    expect(learn(() => failing).notes).toEqual([
      'A malformed order (not JSON) was answered with 500, Oops.',
    ]);
  });

  it('says what is in the way where no order is stored', () => {
    expect(learn(() => refused)).toMatchObject({
      order: {},
      notes: [expect.stringMatching(/Missing Authentication Token.*check the credentials/)],
    });
    const elsewhere = learn(() => () => ({ status: 404, body: '' }));
    expect(elsewhere.notes[0]).toMatch(/404, no body: describe a new order with createPath/);
  });
});
