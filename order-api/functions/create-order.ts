import { createOrderHandler } from '../handlers/create-order.ts';
import { asHttpFunction } from './as-function.ts';
import { openOrders } from './clients.ts';
import { logError } from './environment.ts';

export const handler = asHttpFunction(
  createOrderHandler({
    store: openOrders(),
    nowMs: Date.now,
    onStoreError: (error) => logError('the order was not stored', error),
  }),
);
