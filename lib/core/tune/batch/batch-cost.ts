import { lambdaCostUsd } from '../../cost/lambda-cost.ts';
import { PRICE_LIST, type PriceList } from '../../cost/price-list.ts';
import type { Architecture } from '../../lambda/platform-control.ts';
import type { BatchFigures } from '../schema/batch-schema.ts';
import type { BatchMeasurement } from './batch-cell.ts';

export type CostParts = NonNullable<BatchFigures['costParts']>;

/** Most messages of one ReceiveMessage or DeleteMessageBatch. */
const MESSAGES_OF_A_CALL = 10;

type Use = Pick<
  BatchMeasurement,
  | 'accepted'
  | 'invocations'
  | 'billedGbSeconds'
  | 'receiveCalls'
  | 'deleteCalls'
  | 'writeUnits'
  | 'readUnits'
>;

/**
 * What a million accepted orders cost on the queue path in US dollars at the use that was measured, or null if the use
 * of the writer is not known. API Gateway and the function that accepts orders are not in it: batching changes neither.
 *
 * Calls of the queue that nobody counted are taken to carry as many messages as a batch has, ten at most; units of the
 * table that nobody counted, to be one write unit for each order and no read unit.
 */
export function batchCost(
  use: Use,
  architecture: Architecture,
  prices: PriceList = PRICE_LIST,
): CostParts | null {
  const { accepted, invocations, billedGbSeconds } = use;
  if (accepted === 0 || invocations === null || billedGbSeconds === null) return null;
  const fewestCalls = Math.max(invocations, accepted / MESSAGES_OF_A_CALL);
  const queueCalls =
    accepted + (use.receiveCalls ?? fewestCalls) + (use.deleteCalls ?? fewestCalls);
  const perMillion = 1e6 / accepted;
  return {
    queueUsd: queueCalls * prices.sqsRequest * perMillion,
    writerUsd:
      lambdaCostUsd({ invocations, gbSeconds: billedGbSeconds, architecture }, prices) * perMillion,
    tableUsd:
      ((use.writeUnits ?? accepted) * prices.dynamoDbWrite +
        (use.readUnits ?? 0) * prices.dynamoDbRead) *
      perMillion,
  };
}

export function totalOf({ queueUsd, writerUsd, tableUsd }: CostParts): number {
  return queueUsd + writerUsd + tableUsd;
}
