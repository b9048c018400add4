import type { PowerResult } from '../schema/power-schema.ts';
import type { PowerCell } from './power-cell.ts';

/** What a power sweep was asked for. */
export interface PowerSettings
  extends Pick<
    PowerResult,
    | 'strategy'
    | 'balancedWeight'
    | 'sloP95Ms'
    | 'leastSuccess'
    | 'discardTopBottom'
    | 'onlyColdStarts'
    | 'provisionedConcurrency'
  > {
  /** Every size that is to be measured, in the order that was asked for. */
  readonly cells: readonly PowerCell[];
  /** AWS region, or null. aws-lambda-power-tuning has prices of some regions. */
  readonly region: string | null;
}
