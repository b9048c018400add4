/** What a run's report says of its tokens. */
export interface TokenFacts {
  /** How often another token took the place of one. */
  readonly renewals: number;
  /** How often none could be got. */
  readonly failures: number;
  /** Why the last of those failed, or null. */
  readonly lastFailure: string | null;
  /** Orders that were answered 401 or 403 because their token could not be renewed, or was too late. */
  readonly refusedOrders: number;
}
