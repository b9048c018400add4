import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfigFile } from '../../../lib/core/config/config-file-schema.ts';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { firstConfig } from '../../../lib/core/first-config/first-config.ts';
import { orderBodies } from '../../../lib/core/order/order-bodies.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

const SHOP = `
openapi: 3.0.3
servers: [{ url: 'https://{stage}.shop.example/api/', variables: { stage: { default: test } } }]
security: [{ key: [] }]
paths:
  /orders:
    post:
      requestBody: { $ref: '#/components/requestBodies/Order' }
      responses:
        '201':
          content: { application/json: { schema: { $ref: '#/components/schemas/Stored' } } }
        '422': {}
    get: {}
  /orders/{id}: { get: {} }
  /orders/{id}/notes: { post: {} }
  /customers: { post: {} }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-API-Key }
  requestBodies:
    Order: { content: { application/json; charset=utf-8: { schema: { $ref: '#/components/schemas/NewOrder' } } } }
  schemas:
    Stored: { type: object, properties: { id: { type: string } } }
    Base: { type: object, required: [currency], properties: { currency: { type: string, enum: [EUR, CHF] } } }
    NewOrder:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required: [customer, items, placedAt, gift, channel]
          properties:
            id: { type: string, readOnly: true }
            customer: { type: object, required: [id], properties: { id: { type: string }, email: { type: string, format: email } } }
            items:
              type: array
              items:
                type: object
                required: [sku, qty, price]
                properties: { sku: { type: string }, qty: { type: integer }, price: { type: number }, note: { type: string } }
            placedAt: { type: string, format: date-time }
            gift: { type: boolean }
            channel: { type: string, example: web }
            comment: { type: string }
            parent: { $ref: '#/components/schemas/NewOrder' }
`;

const openApi = (text: string, path: string | null = null) =>
  firstConfig({ document: parse(text), path });

it('finds the way in, the way back, the body, the answer and the credentials', () => {
  const { config, notes } = openApi(SHOP);
  expect(config).toEqual({
    target: 'https://test.shop.example/api',
    apiKeyEnv: 'ORDER_API_KEY',
    order: {
      createPath: '/orders',
      readPath: '/orders/{orderId}',
      body: {
        currency: { $oneOf: ['EUR', 'CHF'] },
        customer: { id: '{{customerId}}' },
        items: [{ sku: '{{productId}}', qty: '{{quantity}}', price: '{{price:decimal}}' }],
        placedAt: '{{timestamp}}',
        gift: false,
        channel: 'web',
      },
      successStatuses: [201],
      successBody: null,
      successWhen: { present: ['$.id'] },
      idFrom: '$.id',
      contract: { malformedStatuses: [422], notOffered: ['queueOrder'] },
    },
  });
  expect(notes[0]).toBe('Orders go to POST /orders, and are read at /orders/{orderId}.');
  expect(notes.join(' ')).toContain('test.shop.example is not loaded until you allow it');
});

it('is a config that the suite takes, and whose orders differ', () => {
  const file = parseConfigFile(openApi(SHOP).config, 'load.config.json');
  const { mapping, seed } = resolveConfig({
    questions: QUESTION_PROFILES,
    ...{ scenario: 'steady', flags: {}, env: { ORDER_API_KEY: 'k' } },
    file: { path: 'load.config.json', config: file },
  });
  const { write } = orderBodies({ run: 'r', seed: seed ?? 1 }, mapping);
  const bodies = [0, 1, 2].map((n) => JSON.parse(write(n, false, 0)) as { customer: object });
  expect(bodies[0]?.customer).toEqual({ id: expect.stringMatching(/^customer-\d+$/) });
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(3);
});

it('knows an id that orders bring, a queue front, other ways in, and says what it guessed', () => {
  const { config, notes } = openApi(`
openapi: 3.1.0
paths:
  /checkout:
    put:
      security: [{ token: [] }]
      requestBody:
        content:
          application/json:
            schema:
              properties:
                orderId: { type: [string, 'null'] }
                shop: { type: string }
                lines: { type: integer, minimum: 3 }
                sort: { const: express }
      responses: { '202': {}, default: {} }
components: { securitySchemes: { token: { type: http, scheme: Bearer } } }
`);
  expect(config).toEqual({
    bearerEnv: 'ORDER_API_TOKEN',
    order: {
      createPath: '/checkout',
      createMethod: 'PUT',
      body: { orderId: '{{orderId}}', shop: 'load test', lines: 3, sort: 'express' },
      successStatuses: [202],
      successBody: null,
      enqueuedStatuses: [202],
      enqueuedBody: null,
      contract: { notOffered: ['readOrder', 'readUnknown'] },
    },
  });
  expect(notes).toContain('Guessed, so check them: $.shop, $.lines.');
  expect(notes[0]).toBe('Orders go to PUT /checkout; there is no path to read one back.');
});

it.each([
  ['[]', 'it contains no object'],
  ['swagger: "2.0"', 'Swagger 2'],
  ['openapi: 4.0.0', 'it is OpenAPI 4.0.0'],
  ['a: 1', 'neither `openapi: 3.…` nor the Resources'],
  ['openapi: 3.0.0', 'no POST or PUT'],
  [
    'openapi: 3.0.0\npaths: { /a: { post: {} }, /b: { put: {} } }',
    'choose one with --path: /a, /b',
  ],
])('refuses %s', (text, why) => {
  expect(() => openApi(text)).toThrow(why);
});

it('takes the operation that is named, and says what there is instead of one that is not', () => {
  const two = 'openapi: 3.0.0\npaths: { /a: { post: {} }, /b: { put: {} } }';
  expect(openApi(two, '/b').config.order).toMatchObject({ createPath: '/b', createMethod: 'PUT' });
  expect(() => openApi(two, '/c')).toThrow('it has no POST or PUT at /c; it has /a, /b');
});

it('ends at a schema that holds itself', () => {
  const circle = `
openapi: 3.0.0
paths: { /orders: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } }
components: { schemas: { A: { type: object, required: [order], properties: { order: { $ref: '#/components/schemas/A' } } }, B: { $ref: '#/components/schemas/B' } } }
`;
  expect(JSON.stringify(openApi(circle).config.order?.body)).toContain('"order":{"order"');
});
