import { expect, it, vi } from 'vitest';
import { enqueueOrderHandler } from '../../../order-api/handlers/enqueue-order.ts';
import { parseOrderInput } from '../../../order-api/handlers/order-input.ts';
import { renderOrderMessage } from '../../../order-api/handlers/order-queue.ts';
import type { OrderInput } from '../../../order-api/store/order-store.ts';
import { CONTEXT, eventOf, ORDER } from './http-events.ts';

function handlerWith(send: (order: OrderInput) => Promise<void>) {
  return enqueueOrderHandler({ queue: { send } });
}

it('queues a valid order and answers 202', async () => {
  const sent: OrderInput[] = [];
  const handler = handlerWith((order) => {
    sent.push(order);
    return Promise.resolve();
  });
  const order = { orderId: 'a', ...ORDER };
  const body = JSON.stringify({ ...order, unknown: 1 });
  const accepted = {
    statusCode: 202,
    headers: { 'content-type': 'application/json' },
    body: '"Order accepted"',
  };
  expect(await handler(eventOf(body), CONTEXT)).toEqual(accepted);
  const base64 = { ...eventOf(Buffer.from(body).toString('base64')), isBase64Encoded: true };
  expect(await handler(base64, CONTEXT)).toEqual(accepted);
  expect(sent).toEqual([order, order]);
});

it.each([undefined, '', 'not json', '[]', JSON.stringify({ orderId: 'a', ...ORDER, price: '1' })])(
  'answers %j with 400 and queues nothing',
  async (body) => {
    const send = vi.fn(() => Promise.resolve());
    expect(await handlerWith(send)(eventOf(body), CONTEXT)).toMatchObject({
      statusCode: 400,
      body: '"Bad Request"',
    });
    expect(send).not.toHaveBeenCalled();
  },
);

it('answers 500 only once the queue has refused', async () => {
  const onQueueError = vi.fn();
  const handler = enqueueOrderHandler({
    queue: { send: () => Promise.reject(new Error('down')) },
    onQueueError,
  });
  const body = JSON.stringify({ orderId: 'a', ...ORDER });
  expect(await handler(eventOf(body), CONTEXT)).toMatchObject({
    statusCode: 500,
    body: '"Internal Server Error"',
  });
  expect(onQueueError).toHaveBeenCalledTimes(1);
});

it.each(['a', 'half \u0000', 'not a character \uffff \ufffe', '☕ 😀'])(
  'writes %j into a message that SQS takes and the writer reads back',
  (customerId) => {
    const order = { orderId: 'a', ...ORDER, customerId };
    const body = renderOrderMessage(order);
    // #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF (SendMessage in SQS's API reference)
    expect(body).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
    expect(parseOrderInput(body)).toEqual(order);
  },
);
