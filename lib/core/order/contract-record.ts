import type { ContractRow } from './contract-terms.ts';
import type { ContractVerdict } from './judge-contract.ts';

/** The result of one check of the contract, as k6 passes it on. */
export interface ContractRecord {
  /** Position in the list of checks. */
  readonly check: number;
  /** Number of requests that the check took: throttled ones are sent again. */
  readonly requests: number;
  readonly durationMs: number;
  /** HTTP status, or 0 without a response. */
  readonly status?: number | undefined;
  /** Where the response to a new order contains the id that the API made, in the form of `idFrom`. */
  readonly idFrom?: string | undefined;
  readonly results: readonly {
    readonly row: ContractRow;
    readonly verdict: ContractVerdict;
    readonly got: string;
    /** The request was refused because of its credentials. */
    readonly refused?: true | undefined;
  }[];
}
