import type { ContractRow } from './contract-terms.ts';
import type { ContractVerdict } from './judge-contract.ts';

/** What the k6 side hands over of one check of the contract. */
export interface ContractRecord {
  /** Position in the list of checks. */
  readonly check: number;
  /** Requests that it took: throttled ones are sent again. */
  readonly requests: number;
  readonly durationMs: number;
  /** HTTP status of the answer, or 0 without one. */
  readonly status?: number | undefined;
  /** Where the answer to a new order holds an id that the API made, as `idFrom` says it. */
  readonly idFrom?: string | undefined;
  readonly results: readonly {
    readonly row: ContractRow;
    readonly verdict: ContractVerdict;
    readonly got: string;
    /** The request was refused for its credentials. */
    readonly refused?: true | undefined;
  }[];
}
