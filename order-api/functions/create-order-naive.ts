import { createOrderNaiveHandler } from '../handlers/create-order-naive.ts';
import { asHttpFunction } from './as-function.ts';
import { openOrders } from './clients.ts';
import { logError } from './environment.ts';

export const handler = asHttpFunction(
  createOrderNaiveHandler({
    openStore: openOrders,
    nowMs: Date.now,
    onStoreError: (error) => logError('the order was not stored', error),
  }),
  { onlySuccess: true },
);
