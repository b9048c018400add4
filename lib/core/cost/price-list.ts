import type { Architecture } from '../lambda/platform-control.ts';

/** Prices in USD, us-east-1, without free tiers. */
export interface PriceList {
  /** ISO date of the day on which the prices were noted. */
  readonly date: string;
  readonly region: string;
  readonly httpApiRequest: number;
  readonly restApiRequest: number;
  readonly lambdaRequest: number;
  /** On demand, per GB-second of billed time: INIT and handler. */
  readonly lambdaGbSecond: Readonly<Record<Architecture, number>>;
  /** Per GB-second in which an environment is kept provisioned, used or not. */
  readonly lambdaProvisionedGbSecond: Readonly<Record<Architecture, number>>;
  /** Per GB-second of billed time in a provisioned environment, instead of the price on demand. */
  readonly lambdaProvisionedBusyGbSecond: Readonly<Record<Architecture, number>>;
  /** On-demand, per write unit (up to 1 KB). */
  readonly dynamoDbWrite: number;
  /** On-demand, per read unit (4 KB, strongly consistent). */
  readonly dynamoDbRead: number;
  /** Standard queue, per call of at most 64 KB. */
  readonly sqsRequest: number;
}

/**
 * As quoted by secondary sources on that day; the provisioned prices, those of the gateway and that of SQS are
 * unverified. Primary: https://aws.amazon.com/lambda/pricing/, https://aws.amazon.com/api-gateway/pricing/,
 * https://aws.amazon.com/dynamodb/pricing/on-demand/, https://aws.amazon.com/sqs/pricing/.
 */
export const PRICE_LIST: PriceList = {
  date: '2026-11-23',
  region: 'us-east-1',
  httpApiRequest: 1e-6,
  restApiRequest: 3.5e-6,
  lambdaRequest: 0.2e-6,
  lambdaGbSecond: { x86: 0.0000166667, arm: 0.0000133334 },
  lambdaProvisionedGbSecond: { x86: 0.0000041667, arm: 0.0000033334 },
  lambdaProvisionedBusyGbSecond: { x86: 0.0000097222, arm: 0.0000077778 },
  dynamoDbWrite: 0.625e-6,
  dynamoDbRead: 0.125e-6,
  sqsRequest: 0.4e-6,
};
