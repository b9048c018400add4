import { describe, expect, it } from 'vitest';
import { orderEvent } from '../../../../lib/core/tune/power/order-event.ts';

describe('orderEvent', () => {
  it('is an event of the HTTP API, payload format 2.0', () => {
    const event: unknown = JSON.parse(
      orderEvent({ method: 'POST', path: '/orders', body: '{"ä":1}', requestId: 'r1', nowMs: 0 }),
    );
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /orders',
      rawPath: '/orders',
      headers: { 'content-type': 'application/json' },
      requestContext: { requestId: 'r1', timeEpoch: 0, http: { method: 'POST', path: '/orders' } },
      body: '{"ä":1}',
      isBase64Encoded: false,
    });
  });
});
