import { type FreshToken, renewAfterMs } from '../../core/auth/fresh-token.ts';
import type { TokenFacts } from '../../core/auth/token-facts.ts';

/** Gets a new token, or a short reason why there is none. */
export type GetToken = (signal: AbortSignal) => Promise<FreshToken | string>;

export interface TokenSource {
  /** The current token; `generation` distinguishes it from earlier ones. */
  readonly current: () => { readonly token: string; readonly generation: number };
  /** Time in ms until there may be a new one. */
  readonly askInMs: () => number;
  /** Reports orders that were refused with the token of a generation; `isExpired` if a 401 was among them. */
  readonly refused: (generation: number, orders: number, isExpired: boolean) => void;
  readonly facts: () => TokenFacts;
  readonly stop: () => void;
}

export interface TokenSourceOptions {
  readonly get: GetToken;
  /** Called with every token before it is used. */
  readonly onToken: (token: string) => void;
  /** Called when renewal begins to fail, and when it works again. */
  readonly say: (line: string) => void;
}

interface Generation {
  /** When it expires according to its own claim, or null. */
  readonly endsMs: number | null;
  isUnrenewed: boolean;
  /** Refused orders reported after it had expired. */
  afterEnd: number;
  /** Those, and all others that an expired token may explain. */
  atAll: number;
}

const RETRY_AFTER_MS = 1000;
const LONGEST_RETRY_MS = 15_000;
/** Least time between tokens: a target that also refuses new tokens must not cause more and more requests. */
const LEAST_BETWEEN_REFUSALS_MS = 2000;
const MOST_BETWEEN_REFUSALS_MS = 60_000;
/** Time after which k6 asks again while a token is being renewed. */
const SOON_MS = 250;
const SELDOM_MS = 30_000;

/**
 * Gets a first token, then a new one before it expires, after a 401, and again after a failure. Returns a text with
 * the reason if there is no first one.
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
    // The timer must not keep the process alive.
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
    refused: (refusedGeneration, orders, isExpired) => {
      const used = generations.get(refusedGeneration);
      if (used !== undefined) {
        const hasEnded = used.endsMs !== null && performance.now() >= used.endsMs;
        if (hasEnded) used.afterEnd += orders;
        // A 403 to a token that is still valid has another cause.
        if (isExpired || hasEnded || used.endsMs === null) used.atAll += orders;
      }
      if (!isExpired || refusedGeneration !== generation || isRenewing || isFailing) return;
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
