import { orderBodies } from '../lib/core/order/order-bodies.ts';
import { DEFAULT_ORDER_MAPPING } from '../lib/core/order/order-mapping.ts';

/** k6's own. */
declare const __ENV: Readonly<Record<string, string | undefined>>;

/** Runs inside k6, for `template-cost.ts`: writes ORDERS orders by TEMPLATE (JSON), or the built-in ones. */
export const options = { vus: 1, iterations: 1 };

const body = __ENV['TEMPLATE'] ? JSON.parse(__ENV['TEMPLATE']) : null;
const { write } = orderBodies(
  { run: '20261130-094852-e7bi', seed: 1 },
  { ...DEFAULT_ORDER_MAPPING, body },
);

export default function () {
  const beganMs = Date.now();
  const orders = Number(__ENV['ORDERS']);
  // Orders of 140/s, so that hardly two are of one millisecond.
  for (let i = 0; i < orders; i += 1) write(i, false, beganMs + 7 * i);
}
