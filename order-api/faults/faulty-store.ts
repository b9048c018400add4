import type { OpenStore } from '../store/order-store.ts';
import type { StoreFault } from './fault-model.ts';

export interface StoreFaults {
  /** Draws the fault of one call. */
  readonly storeFault: () => StoreFault | null;
  /** Delays one call, or null for no delay. */
  readonly pass: (() => Promise<void>) | null;
}

/**
 * Wraps a store so that its calls are slow, fail or are throttled. A call that fails has done nothing: it stands for
 * one that failed after all retries of the SDK. `count` and `close` are not affected.
 */
export function withStoreFaults(store: OpenStore, { storeFault, pass }: StoreFaults): OpenStore {
  async function faulty<T>(call: () => Promise<T>): Promise<T> {
    if (pass !== null) await pass();
    const fault = storeFault();
    if (fault !== null) throw new InjectedStoreError(fault);
    return call();
  }
  return {
    putIfAbsent: (order) => faulty(() => store.putIfAbsent(order)),
    get: (orderId) => faulty(() => store.get(orderId)),
    getMany: (orderIds) => faulty(() => store.getMany(orderIds)),
    putMany: (orders) => faulty(() => store.putMany(orders)),
    count: () => store.count(),
    close: () => store.close(),
  };
}

/** Has the name of DynamoDB's own exception, because users of the SDK distinguish errors by name. */
class InjectedStoreError extends Error {
  constructor(fault: StoreFault) {
    super(`injected by --store-${fault}-ratio`);
    this.name =
      fault === 'error' ? 'InternalServerError' : 'ProvisionedThroughputExceededException';
  }
}
