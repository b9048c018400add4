import { getOrderHandler } from '../handlers/get-order.ts';
import { asHttpFunction } from './as-function.ts';
import { openOrders } from './clients.ts';
import { logError } from './environment.ts';

export const handler = asHttpFunction(
  getOrderHandler({
    store: openOrders(),
    onStoreError: (error) => logError('the order was not read', error),
  }),
);
