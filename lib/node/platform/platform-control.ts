/** Settings of a deployed function and of its event-source mapping; an absent one stays as it is. */
export interface PlatformSettings {
  /** Memory of the functions in MB. */
  readonly memoryMb?: number;
  /** Reserved concurrency of the function that takes orders; null lifts it. */
  readonly reservedConcurrency?: number | null;
  readonly provisionedConcurrency?: number;
  /** Messages of a batch. */
  readonly batchSize?: number;
  readonly batchWindowSeconds?: number;
  /** Batches at once; null for no limit. */
  readonly maxConcurrency?: number | null;
}

/** Changes a platform; the counterpart of the lens. */
export interface PlatformControl {
  /**
   * Puts settings into effect, and resolves once requests meet them. Gives the base URL of the order
   * API, which may be another than before.
   *
   * @throws UserError for a setting that this platform does not have.
   */
  apply(settings: PlatformSettings): Promise<string>;
}
