import { expect, it } from 'vitest';
import { lambdaCostUsd } from '../../../lib/core/cost/lambda-cost.ts';
import { PRICE_LIST } from '../../../lib/core/cost/price-list.ts';
import { billOf, LAMBDA_PRICES } from '../../../order-api/lambda/billing.ts';

it('has the prices of the order API, which is not part of the suite', () => {
  const { date, region, lambdaRequest, lambdaGbSecond } = PRICE_LIST;
  expect({
    date,
    region,
    request: lambdaRequest,
    onDemand: lambdaGbSecond,
    provisionedHeld: PRICE_LIST.lambdaProvisionedGbSecond,
    provisionedBusy: PRICE_LIST.lambdaProvisionedBusyGbSecond,
  }).toEqual(LAMBDA_PRICES);
});

it.each(['x86', 'arm'] as const)(
  'charges what the order API says it costs on %s',
  (architecture) => {
    const use = {
      invocations: 1000,
      onDemandMs: 7000,
      provisionedMs: 3000,
      provisionedHeldMs: 9000,
    };
    const { usd } = billOf({ ...use, memoryMb: 512, architecture });
    const cost = lambdaCostUsd({
      invocations: 1000,
      gbSeconds: 3.5,
      architecture,
      provisioned: { keptGbSeconds: 4.5, busyGbSeconds: 1.5 },
    });
    expect(cost).toBeCloseTo(usd, 12);
  },
);

it('charges a million calls of 100 ms at 1,024 MB 20 cents and the memory-time', () => {
  const use = { invocations: 1e6, gbSeconds: 1e5 };
  expect(lambdaCostUsd({ ...use, architecture: 'x86' })).toBeCloseTo(0.2 + 1.66667, 5);
  expect(lambdaCostUsd({ ...use, architecture: 'arm' })).toBeCloseTo(0.2 + 1.33334, 5);
});
