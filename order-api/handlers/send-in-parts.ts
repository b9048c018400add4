export interface PartsOptions {
  readonly wait: (ms: number) => Promise<void>;
  /** Uniform random numbers in [0, 1). */
  readonly random: () => number;
}

const MOST_ATTEMPTS = 6;
const FIRST_BACKOFF_MS = 50;

/**
 * Sends items with a call that may leave some of them undone (UnprocessedItems), and sends those again after an
 * exponential backoff with full jitter (50 ms, doubled each time, at most 1.6 s in all). Returns what is still undone
 * after six attempts, or when the call threw (then `error` is set).
 */
export async function sendInParts<T>(
  items: readonly T[],
  send: (items: readonly T[]) => Promise<readonly T[]>,
  { wait, random }: PartsOptions,
): Promise<{ readonly undone: readonly T[]; readonly error?: unknown }> {
  let undone = items;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (attempt > 0) await wait(random() * FIRST_BACKOFF_MS * 2 ** (attempt - 1));
    try {
      undone = await send(undone);
    } catch (error) {
      return { undone, error };
    }
    if (undone.length === 0) break;
  }
  return { undone };
}
