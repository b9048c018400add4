import { orderBodies } from '../lib/core/order/order-bodies.ts';
import { DEFAULT_ORDER_MAPPING } from '../lib/core/order/order-mapping.ts';

/** Provided by k6. */
declare const __ENV: Readonly<Record<string, string | undefined>>;

/** Runs inside k6, for `template-cost.ts`: writes ORDERS orders with TEMPLATE (JSON), or built-in ones. */
export const options = { vus: 1, iterations: 1 };

const body = __ENV['TEMPLATE'] ? JSON.parse(__ENV['TEMPLATE']) : null;
const { write } = orderBodies(
  { run: '20261130-094852-e7bi', seed: 1 },
  { ...DEFAULT_ORDER_MAPPING, body },
);

export default function () {
  const beganMs = Date.now();
  const orders = Number(__ENV['ORDERS']);
  // At 140 orders/s, so that hardly any two have the same millisecond.
  for (let i = 0; i < orders; i += 1) write(i, false, beganMs + 7 * i);
}
