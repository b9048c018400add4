import { type FreshToken, renewAfterMs } from '../../core/auth/fresh-token.ts';
import type { TokenFacts } from '../../core/auth/token-facts.ts';

/** Gets a new token, or says in a few words why there is none. */
export type GetToken = (signal: AbortSignal) => Promise<FreshToken | string>;

export interface TokenSource {
  /** The token of now; `generation` tells it from those before. */
  readonly current: () => { readonly token: string; readonly generation: number };
  /** In how many ms there may be another one. */
  readonly askInMs: () => number;
  /** Tells of orders that were refused with the token of a generation. `isExpired` says that a 401 was among them. */
  readonly refused: (generation: number, orders: number, isExpired: boolean) => void;
  readonly facts: () => TokenFacts;
  readonly stop: () => void;
}

export interface TokenSourceOptions {
  readonly get: GetToken;
  /** Called with every token before anything else is done with it. */
  readonly onToken: (token: string) => void;
  /** Called when renewing began to fail, and when it works again. */
  readonly say: (line: string) => void;
}

interface Generation {
  /** When it ends by its own word, or null. */
  readonly endsMs: number | null;
  isUnrenewed: boolean;
  /** Refused orders told of after it had ended. */
  afterEnd: number;
  /** Those, and all others that a token which ended may explain. */
  atAll: number;
}

const RETRY_AFTER_MS = 1000;
const LONGEST_RETRY_MS = 15_000;
/** A target that refuses new tokens too must not make this ask for more and more of them. */
const LEAST_BETWEEN_REFUSALS_MS = 2000;
const MOST_BETWEEN_REFUSALS_MS = 60_000;
/** Asks again as soon while a token is on its way. */
const SOON_MS = 250;
const SELDOM_MS = 30_000;

/**
 * Gets a first token, and from then on the next one before that ends, after a 401, and again after a failure.
 * Returns why there is no first one as a text.
 */
export async function startTokenSource({
  get,
  onToken,
  say,
}: TokenSourceOptions): Promise<TokenSource | string> {
  const aborted = new AbortController();
  const first = await get(aborted.signal);
  if (typeof first === 'string') return first;

  let token = '';
  let generation = 0;
  let timer: NodeJS.Timeout | undefined;
  let dueMs: number | null = null;
  let isRenewing = false;
  let retryMs = RETRY_AFTER_MS;
  let isFailing = false;
  let pauseMs = LEAST_BETWEEN_REFUSALS_MS;
  let renewedForRefusalMs = Number.NEGATIVE_INFINITY;
  const generations = new Map<number, Generation>();
  const counts = { renewals: 0, failures: 0 };
  let lastFailure: string | null = null;

  const take = (fresh: FreshToken): void => {
    onToken(fresh.token);
    token = fresh.token;
    generation += 1;
    const endsMs = fresh.lifeMs === null ? null : performance.now() + fresh.lifeMs;
    generations.set(generation, { endsMs, isUnrenewed: false, afterEnd: 0, atAll: 0 });
    schedule(renewAfterMs(fresh.lifeMs));
  };
  const schedule = (afterMs: number | null): void => {
    clearTimeout(timer);
    dueMs = afterMs === null ? null : performance.now() + afterMs;
    if (afterMs === null || aborted.signal.aborted) return;
    timer = setTimeout(() => void renew(), afterMs);
    // The run lasts as long as its orders do.
    timer.unref();
  };
  const fail = (why: string): void => {
    counts.failures += 1;
    const current = generations.get(generation);
    if (current !== undefined) current.isUnrenewed = true;
    if (!isFailing || why !== lastFailure) say(`token     could not be renewed: ${why}`);
    isFailing = true;
    lastFailure = why;
    schedule(retryMs);
    retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
  };
  const renew = async (): Promise<void> => {
    if (isRenewing) return;
    isRenewing = true;
    const fresh = await get(aborted.signal);
    isRenewing = false;
    if (aborted.signal.aborted) return;
    if (typeof fresh === 'string') return fail(fresh);
    counts.renewals += 1;
    if (isFailing) say('token     renewed again');
    isFailing = false;
    retryMs = RETRY_AFTER_MS;
    take(fresh);
  };

  take(first);
  return {
    current: () => ({ token, generation }),
    askInMs: () => {
      if (isRenewing || isFailing) return SOON_MS;
      const waitMs = dueMs === null ? SELDOM_MS : dueMs - performance.now() + SOON_MS;
      return Math.round(Math.min(SELDOM_MS, Math.max(SOON_MS, waitMs)));
    },
    refused: (ofGeneration, orders, isExpired) => {
      const of = generations.get(ofGeneration);
      if (of !== undefined) {
        const hasEnded = of.endsMs !== null && performance.now() >= of.endsMs;
        if (hasEnded) of.afterEnd += orders;
        // A 403 to a token that still holds has another cause.
        if (isExpired || hasEnded || of.endsMs === null) of.atAll += orders;
      }
      if (!isExpired || ofGeneration !== generation || isRenewing || isFailing) return;
      const sinceMs = performance.now() - renewedForRefusalMs;
      if (sinceMs < pauseMs) return;
      const isRare = sinceMs > MOST_BETWEEN_REFUSALS_MS;
      pauseMs = isRare
        ? LEAST_BETWEEN_REFUSALS_MS
        : Math.min(MOST_BETWEEN_REFUSALS_MS, pauseMs * 2);
      renewedForRefusalMs = performance.now();
      void renew();
    },
    facts: () => ({
      ...counts,
      lastFailure,
      refusedOrders: [...generations.values()].reduce(
        (sum, { isUnrenewed, atAll, afterEnd }) => sum + (isUnrenewed ? atAll : afterEnd),
        0,
      ),
    }),
    stop: () => {
      aborted.abort();
      clearTimeout(timer);
    },
  };
}
