import { setTimeout as wait } from 'node:timers/promises';
import { withOrderMetrics } from '../handlers/order-metrics.ts';
import { isWholeBatch, writeOrdersHandler } from '../handlers/write-orders.ts';
import { openOrders } from './clients.ts';
import { logError, nowMs, optionalVariable } from './environment.ts';
import { powertoolsMetrics } from './powertools-metrics.ts';

export const handler = withOrderMetrics(
  writeOrdersHandler({
    store: openOrders(),
    writeMode: optionalVariable('WRITE_MODE') === 'conditional' ? 'conditional' : 'batch',
    nowMs: Date.now,
    wait,
    random: Math.random,
    onStoreError: (error) => logError('a call of the table failed', error),
    onFailure: (messageId, reason) => logError(`message ${messageId} is given back: ${reason}`),
  }),
  { metrics: powertoolsMetrics(), isSuccess: isWholeBatch, nowMs },
);
