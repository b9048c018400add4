import { join } from 'node:path';
import { expect, it } from 'vitest';
import { firstConfig } from '../../../lib/core/first-config/first-config.ts';
import { readApiDescription } from '../../../lib/node/config/read-api-description.ts';

it("makes a config of the suite's own template", async () => {
  const path = join(import.meta.dirname, '../../../deploy/aws/template.yaml');
  const { config, notes } = firstConfig({ document: await readApiDescription(path), path: null });
  expect(config.order).toEqual({
    createPath: '/orders',
    readPath: '/orders/{orderId}',
    enqueuePath: '/orders/async',
    contract: { notOffered: [] },
  });
  expect(notes.join(' ')).toContain('--learn');
});

const withAuth = (auth: object, api: object = {}) => ({
  Resources: {
    Api: { Type: 'AWS::Serverless::Api', Properties: { Auth: api } },
    Create: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Events: {
          In: { Type: 'Api', Properties: { Path: '/orders', Method: 'post', Auth: auth } },
          Tick: { Type: 'Schedule', Properties: { Schedule: 'rate(1 minute)' } },
        },
      },
    },
  },
});

it.each([
  [{}, {}, {}],
  [{ ApiKeyRequired: true }, {}, { apiKeyEnv: 'ORDER_API_KEY' }],
  [{}, { DefaultAuthorizer: 'AWS_IAM' }, { sigv4: 'eu-west-1' }],
  [{}, { DefaultAuthorizer: 'Users' }, { bearerEnv: 'ORDER_API_TOKEN' }],
  [{ Authorizer: 'NONE' }, { DefaultAuthorizer: 'Users' }, {}],
])('takes the way in from %j and %j', (auth, api, expected) => {
  const { order, ...access } = firstConfig({ document: withAuth(auth, api), path: null }).config;
  expect(access).toEqual(expected);
  expect(order?.contract?.notOffered).toEqual(['readOrder', 'readUnknown', 'queueOrder']);
});
