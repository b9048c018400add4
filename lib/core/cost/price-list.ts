/** Prices in USD, us-east-1, without free tiers. */
export interface PriceList {
  /** ISO date of the day on which the prices were noted. */
  readonly date: string;
  readonly region: string;
  readonly httpApiRequest: number;
  readonly restApiRequest: number;
  readonly lambdaRequest: number;
  /** x86, per GB-second. */
  readonly lambdaGbSecond: number;
  /** On-demand, per write unit (up to 1 KB). */
  readonly dynamoDbWrite: number;
}

/**
 * As quoted by secondary sources on that day. Primary: https://aws.amazon.com/lambda/pricing/, https://aws.amazon.com/api-gateway/pricing/,
 * https://aws.amazon.com/dynamodb/pricing/on-demand/.
 */
export const PRICE_LIST: PriceList = {
  date: '2026-11-23',
  region: 'us-east-1',
  httpApiRequest: 1e-6,
  restApiRequest: 3.5e-6,
  lambdaRequest: 0.2e-6,
  lambdaGbSecond: 0.0000166667,
  dynamoDbWrite: 0.625e-6,
};
