import type { Architecture } from '../../lambda/platform-control.ts';

/**
 * Prices that aws-lambda-power-tuning computes with, by region: template.yml of
 * https://github.com/alexcasalboni/aws-lambda-power-tuning at 262ecc2. They are older than our own price list
 * (lib/core/cost), and here so that its output can be reproduced.
 */
type ByRegion = Readonly<Record<string, number>> & { readonly default: number };

/** Of 1 ms at 128 MB. */
const LAMBDA_MS: Readonly<Record<Architecture, ByRegion>> = {
  x86: {
    'ap-east-1': 2.9e-9,
    'af-south-1': 2.8e-9,
    'me-south-1': 2.6e-9,
    'eu-south-1': 2.4e-9,
    'ap-northeast-3': 2.7e-9,
    'cn-north-1': 1.42e-8,
    'cn-northwest-1': 1.42e-8,
    default: 2.1e-9,
  },
  arm: { default: 1.7e-9 },
};

/** Of one state transition. */
const TRANSITION: ByRegion = {
  'us-gov-west-1': 0.00003,
  'ap-northeast-2': 0.0000271,
  'eu-south-1': 0.00002625,
  'af-south-1': 0.00002975,
  'us-west-1': 0.0000279,
  'eu-west-3': 0.0000297,
  'ap-east-1': 0.0000275,
  'me-south-1': 0.0000275,
  'ap-south-1': 0.0000285,
  'us-gov-east-1': 0.00003,
  'sa-east-1': 0.0000375,
  'cn-north-1': 0.0001891,
  'cn-northwest-1': 0.0001891,
  default: 0.000025,
};

const MB_OF_THE_PRICE = 128;

/** Price of one invocation in the currency of the region; `billedMs` is rounded up. */
export function powerTuningPrice(
  billedMs: number,
  memoryMb: number,
  architecture: Architecture,
  region: string | null,
): number {
  // The order of the factors decides the last digit.
  return (
    Math.ceil(billedMs) * priceIn(LAMBDA_MS[architecture], region) * (memoryMb / MB_OF_THE_PRICE)
  );
}

/** Price of the state machine's own transitions, for `sizes` sizes with `num` calls each. */
export function stateMachinePrice(
  sizes: number,
  num: number,
  onlyColdStarts: boolean,
  region: string | null,
): number {
  const transitions = 6 + (onlyColdStarts ? sizes + 2 * sizes * num : 3 * sizes);
  return Number((priceIn(TRANSITION, region) * transitions).toFixed(5));
}

function priceIn(prices: ByRegion, region: string | null): number {
  return (region === null ? undefined : prices[region]) ?? prices.default;
}
