/** An order as a client sends it, already validated. */
export interface OrderInput {
  readonly orderId: string;
  readonly customerId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly price: number;
  /** Epoch seconds after which DynamoDB may delete the item (its TTL attribute). */
  readonly expiresAt?: number | undefined;
}

export interface StoredOrder extends OrderInput {
  /** Epoch ms. */
  readonly storedAt: number;
}

/** The operations on the orders table that the handlers need. */
export interface OrderStore {
  /** Stores the order unless its id is taken, and returns whether it was stored. Atomic. */
  putIfAbsent(order: StoredOrder): Promise<boolean>;
  /** Consistent read. */
  get(orderId: string): Promise<StoredOrder | undefined>;
}

/** The operations that the batch writer also needs. DynamoDB may leave part of either call undone. */
export interface BatchOrderStore extends OrderStore {
  /** Consistent read of at most 100 orders with distinct ids. Ids in neither list are not stored. */
  getMany(orderIds: readonly string[]): Promise<{
    readonly found: readonly StoredOrder[];
    readonly unprocessed: readonly string[];
  }>;
  /**
   * Stores at most 25 orders with distinct ids, and replaces existing ones: BatchWriteItem has no conditions. Returns
   * the ids of those that were not written.
   */
  putMany(orders: readonly StoredOrder[]): Promise<readonly string[]>;
}

/** A store that the local order API has opened. */
export interface OpenStore extends BatchOrderStore {
  /** Orders in the table now, or null if the store does not respond. May read the whole table. */
  count(): Promise<number | null>;
  /** Frees connections and processes. Never throws. */
  close(): Promise<void>;
}
