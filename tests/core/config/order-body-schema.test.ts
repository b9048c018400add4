import { describe, expect, it } from 'vitest';
import { bodiesOf } from '../../../lib/core/config/bodies-of.ts';
import { parseConfigFile } from '../../../lib/core/config/config-file-schema.ts';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { DEFAULT_ORDER_MAPPING } from '../../../lib/core/order/order-mapping.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

const parse = (order: unknown) => parseConfigFile({ order }, 'load.config.json');
const body = { id: '{{orderId}}', items: [{ qty: '{{quantity}}' }] };

it('takes what says what orders look like, what answers mean and what is promised', () => {
  const order = {
    ...{ body, idField: '$.id', successWhen: { absent: ['$.errors'], equal: { '$.a[0]': null } } },
    contract: { required: ['$.items'], notOffered: ['conflict'], retryStatuses: [409] },
  };
  expect(parse(order)).toEqual({ order });
  expect(parse({ bodies: 'orders.jsonl', idFrom: 'Location', successWhen: 'any' })).toBeDefined();
});

it('does not want the suite’s own text where fields of the answer decide', () => {
  const of = (order: unknown) =>
    resolveConfig({
      questions: QUESTION_PROFILES,
      ...{ scenario: 'steady', flags: {}, env: {} },
      file: { path: 'f', config: parse(order) },
    });
  expect(of({ successWhen: { present: ['$.id'] } }).mapping.successBody).toBeNull();
  expect(of({ successWhen: 'any' }).mapping.successBody).toBeNull();
  const both = of({ successWhen: { present: ['$.id'] }, successBody: '{}' });
  expect(both.mapping.successBody).toBe('{}');
  expect(of({}).mapping).toEqual(DEFAULT_ORDER_MAPPING);
  expect(of({ bodies: 'a/b.jsonl' })).toMatchObject({
    ...{ bodiesPath: 'a/b.jsonl', mapping: { bodies: null } },
  });
});

describe('refuses in one line', () => {
  it.each<[string, unknown, RegExp]>([
    [
      'a misspelt placeholder',
      { body: { id: '{{orderid}}' } },
      /^load\.config\.json: order\.body\.id: \{\{orderid\}\} is not a placeholder; expected one of/,
    ],
    ['a text as body', { body: '{{orderId}}' }, /order\.body: expected an object or a list/],
    [
      'a huge body',
      { body: { a: 'x'.repeat(70_000) } },
      /order\.body: is longer than 64 KiB; .*order\.bodies/,
    ],
    [
      'a body and fields',
      { body, fields: { orderId: 'id' } },
      /order\.fields: has no effect together with order\.body/,
    ],
    [
      'a body and a file',
      { body, bodies: 'x' },
      /order\.body and order\.bodies exclude each other/,
    ],
    ['a file and a TTL', { bodies: 'x', ttlField: 'ttl' }, /order\.ttlField: .*\{\{expiry\}\}/],
    [
      'an id field that holds no id',
      { body, idField: '$.items' },
      /order\.idField: \$\.items cannot be the order’s id/,
    ],
    [
      'an id field without a body',
      { idField: '$.id' },
      /order\.idField: names a field of order\.body/,
    ],
    [
      'both kinds of id',
      { body, idField: '$.id', idFrom: '$.id' },
      /order\.idField and order\.idFrom exclude/,
    ],
    [
      'no path',
      { idFrom: 'id' },
      /order\.idFrom: expected a path in the response, like \$\.id, or Location/,
    ],
    [
      'a required field that is not there',
      { body, contract: { required: ['$.customer'] } },
      /order\.contract\.required: \$\.customer is not in order\.body/,
    ],
    [
      'required fields of the five',
      { contract: { required: ['$.price'] } },
      /order\.contract\.required: .*contract\.accepts/,
    ],
    [
      'accepted faults of a template',
      { body, contract: { accepts: { price: 'any' } } },
      /order\.contract\.accepts: has no effect together with order\.body/,
    ],
    [
      'a misspelt term',
      { contract: { notoffered: [] } },
      /order\.contract\.notoffered is not an option; did you mean notOffered\?/,
    ],
    [
      'a misspelt field of it',
      { contract: { accepts: { prize: 'any' } } },
      /order\.contract\.accepts\.prize is not an option; did you mean price\?/,
    ],
    [
      'an unknown row',
      { contract: { notOffered: ['conflicts'] } },
      /order\.contract\.notOffered\.0: /,
    ],
    [
      'an unknown fault',
      { contract: { accepts: { price: ['decimal'] } } },
      /order\.contract\.accepts\.price: expected "any" or a list of missing, null, type, fraction/,
    ],
    [
      'success by no path',
      { successWhen: { absent: ['errors'] } },
      /order\.successWhen\.absent\.0: expected a path in JSON, like \$\.data\.id/,
    ],
  ])('%s', (_, order, message) => {
    expect(() => parse(order)).toThrow(message);
  });
});

describe('a file of bodies', () => {
  const of = (rows: readonly string[], idField: string | null = null, required: string[] = []) =>
    bodiesOf(
      { name: 'orders.jsonl', sha256: 'abc', rows },
      { idField, contract: { ...DEFAULT_ORDER_MAPPING.contract, required } },
    );

  it('is described, with the field that holds the id of every row', () => {
    const rows = ['{"ref":"{{orderId}}","n":1}', '{"n":2,"ref":"x-{{orderId}}"}'];
    const bodies = { file: 'orders.jsonl', rows: 2, ownIds: true, sha256: 'abc' };
    expect(of(rows)).toEqual({ bodies, idField: '$.ref' });
    expect(of(['{"ref":"{{uuid}}"}'], '$.ref').bodies?.ownIds).toBe(true);
  });

  it('has ids that come again, or none that are known', () => {
    expect(of(['{"ref":"a"}', '{"ref":"{{orderId}}"}'], '$.ref')).toMatchObject({
      ...{ bodies: { ownIds: false }, idField: '$.ref' },
    });
    for (const rows of [
      ['{"a":1}'],
      ['{"a":"{{orderId}}"}', '{"b":"{{orderId}}"}'],
      ['{"a":"{{orderId}}"}', '{"a":1}'],
    ]) {
      expect(of(rows)).toMatchObject({ bodies: { ownIds: false }, idField: null });
    }
  });

  it.each<[string, readonly string[], string | null, string[], RegExp]>([
    ['nothing', [], null, [], /^order\.bodies: orders\.jsonl: holds no bodies/],
    ['no JSON', ['{}', '{"a":'], null, [], /orders\.jsonl: line 2: expected a JSON object or list/],
    ['a number', ['5'], null, [], /line 1: expected a JSON object/],
    [
      'a misspelt placeholder',
      ['{"a":["{{order}}"]}'],
      null,
      [],
      /orders\.jsonl: line 1\.a\.0: \{\{order\}\} is not a placeholder/,
    ],
    ['no id', ['{"id":1}', '{"x":1}'], '$.id', [], /line 2: has nothing at \$\.id/],
    [
      'not all that is required',
      ['{"items":[]}', '{}'],
      null,
      ['$.items'],
      /line 2: has nothing at \$\.items/,
    ],
  ])('with %s is refused, by its line', (_, rows, idField, required, message) => {
    expect(() => of(rows, idField, required)).toThrow(message);
  });
});
