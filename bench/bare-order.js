import { check } from 'k6';
import http from 'k6/http';

// What a careful person would write by hand for the same load: k6's default tags, summary and Go runtime.
export const options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.BARE_RATE),
      timeUnit: '1s',
      duration: __ENV.BARE_DURATION,
      preAllocatedVUs: Number(__ENV.BARE_PREALLOCATED_VUS),
      maxVUs: Number(__ENV.BARE_MAX_VUS),
    },
  },
};

const url = `${__ENV.BARE_TARGET}/orders`;
const params = { headers: { 'Content-Type': 'application/json' } };

export default function () {
  const order = {
    orderId: `bare-${Date.now()}-${__VU}-${__ITER}`,
    customerId: `customer-${Math.floor(Math.random() * 10000)}`,
    productId: `product-${Math.floor(Math.random() * 1000)}`,
    quantity: 1 + Math.floor(Math.random() * 10),
    price: 100 + Math.floor(Math.random() * 99901),
  };
  const response = http.post(url, JSON.stringify(order), params);
  check(response, { 'status is 200': (r) => r.status === 200 });
}
