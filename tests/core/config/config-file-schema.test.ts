import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../../lib/core/config/config-file-schema.ts';
import { OPTION_KEYS, OPTIONS } from '../../../lib/core/config/options.ts';

const parse = (content: unknown) => parseConfigFile(content, 'load.config.json');

it('takes every option of the table that may stand in a file', () => {
  for (const key of OPTION_KEYS.filter((one) => OPTIONS[one].inFile)) {
    expect(parse({ [key]: 'x' })).toEqual({ [key]: 'x' });
    expect(parse({ scenarios: { spike: { [key]: 1 } } })).toBeDefined();
  }
});

it('takes a whole mapping', () => {
  const order = {
    createPath: '/v2/orders',
    createMethod: 'PUT',
    readPath: '/v2/orders/{orderId}',
    headers: { 'x-tenant': 'test' },
    fields: { orderId: 'id' },
    ttlField: 'expiresAt',
    ttlSeconds: 3600,
    successStatuses: [202],
    successBody: null,
  };
  expect(parse({ order })).toEqual({ order });
});

describe('refuses in one line', () => {
  it.each<[string, unknown, RegExp]>([
    ['no object', [], /expected object/],
    ['null', null, /expected object/],
    [
      'a misspelt option',
      { raet: 5 },
      /^load.config.json: raet is not an option; did you mean rate\?$/,
    ],
    [
      'an unknown option',
      { colour: 'red' },
      /colour is not an option; expected one of target, .*order$/,
    ],
    ['an option of the command line only', { json: true }, /json is not an option/],
    [
      'a misspelt option of a scenario',
      { scenarios: { spike: { durations: '5s' } } },
      /scenarios\.spike\.durations is not an option; did you mean duration\?/,
    ],
    [
      'a misspelt key of the order',
      { order: { createpath: '/a' } },
      /order\.createpath is not an option; did you mean createPath\?/,
    ],
    [
      'a misspelt field',
      { order: { fields: { orderID2: 'a' } } },
      /order\.fields\.orderID2 .* did you mean orderId\?/,
    ],
    ['an object as a value', { rate: {} }, /^load.config.json: rate: expected a text, a number/],
    [
      'a path to another host',
      { order: { createPath: '@evil.com/orders' } },
      /order\.createPath: expected a path/,
    ],
    [
      'a path of another host',
      { order: { createPath: '//evil.com/orders' } },
      /order\.createPath: expected a path/,
    ],
    [
      'a path with a query',
      { order: { createPath: '/orders?a=b' } },
      /order\.createPath: expected a path/,
    ],
    [
      'a read path without the id',
      { order: { readPath: '/orders' } },
      /order\.readPath: .*\{orderId\}/,
    ],
    ['a method that creates nothing', { order: { createMethod: 'GET' } }, /order\.createMethod: /],
    [
      'a header that frames the request',
      { order: { headers: { 'Content-Length': '7' } } },
      /order\.headers\.Content-Length: not a header/,
    ],
    [
      'a secret header',
      { order: { headers: { Authorization: 'x' } } },
      /order\.headers\.Authorization: is a secret/,
    ],
    [
      'a header that breaks the line',
      { order: { headers: { 'x-a': 'a\r\nb: c' } } },
      /order\.headers\.x-a: expected printable/,
    ],
    ['a failure as success', { order: { successStatuses: [500] } }, /order\.successStatuses/],
    ['no success at all', { order: { successStatuses: [] } }, /order\.successStatuses/],
    [
      'two fields of one name',
      { order: { fields: { orderId: 'price' } } },
      /two fields are named "price"/,
    ],
    ['a TTL over a field', { order: { ttlField: 'orderId' } }, /two fields are named "orderId"/],
    ['a fraction of a second', { order: { ttlSeconds: 0.5 } }, /order\.ttlSeconds/],
  ])('%s', (_, content, message) => {
    expect(() => parse(content)).toThrow(message);
    expect(() => parse(content)).toThrow(/^load\.config\.json: [^\n]+$/);
    expect(() => parse(content)).toThrow(
      expect.objectContaining({ code: 'E_CONFIG_FILE', exitCode: 2 }),
    );
  });
});
