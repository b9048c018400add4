/**
 * Handles items one after the other, in the order they came, after the response to the request that brought them.
 */
export class PushQueue<T> {
  readonly #handle: (item: T) => void;
  readonly #items: T[] = [];
  #running: Promise<void> | null = null;

  /** `handle` must not throw. */
  constructor(handle: (item: T) => void) {
    this.#handle = handle;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#running ??= this.#run();
  }

  /** Resolves once the queue is empty. */
  async drain(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#items.length > 0) {
        // Lets the response to the request that brought this item leave first.
        await new Promise((resolve) => setImmediate(resolve));
        const item = this.#items.shift();
        if (item !== undefined) this.#handle(item);
      }
    } finally {
      this.#running = null;
    }
  }
}
