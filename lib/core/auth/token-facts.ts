/** What a run's report contains about its tokens. */
export interface TokenFacts {
  /** How often a token was replaced. */
  readonly renewals: number;
  /** How often no token could be obtained. */
  readonly failures: number;
  /** Why the last attempt failed, or null. */
  readonly lastFailure: string | null;
  /** Orders with the response 401 or 403 because their token could not be renewed, or was renewed too late. */
  readonly refusedOrders: number;
}
