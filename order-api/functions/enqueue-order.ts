import { enqueueOrderHandler } from '../handlers/enqueue-order.ts';
import { asHttpFunction } from './as-function.ts';
import { openQueue } from './clients.ts';
import { logError } from './environment.ts';

export const handler = asHttpFunction(
  enqueueOrderHandler({
    queue: openQueue(),
    onQueueError: (error) => logError('the order was not queued', error),
  }),
);
