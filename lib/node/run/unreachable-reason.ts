import { NETWORK_ADVICE, type NetworkCause, networkCause } from '../../core/order/network-cause.ts';
import { codeOf } from '../../core/text/reason-of.ts';

/** Why nothing answered, and what to do about it. */
export interface UnreachableReason {
  /** In the words of the network: "ECONNREFUSED". */
  readonly words: string;
  readonly advice: string;
  readonly cause: NetworkCause | null;
}

/**
 * What an error of Node's HTTP client, which waited `timeoutMs` at most, says of a server. `isProxied` says that it may
 * have been asked by a proxy, whose errors look the same.
 */
export function unreachableReason(
  error: unknown,
  timeoutMs: number,
  isProxied = false,
): UnreachableReason {
  const words = wordsOf(error, timeoutMs);
  const cause = causeOf(error, words);
  if (isProxied && (cause === null || OF_EITHER.includes(cause))) {
    return { words, cause, advice: BY_PROXY };
  }
  return {
    words,
    cause,
    advice: cause === null ? FALLBACK : (ADVICE[cause] ?? NETWORK_ADVICE[cause]),
  };
}

/** What a proxy that is away, and a target behind one that is there, look like. */
const OF_EITHER: readonly NetworkCause[] = [
  ...(['refused', 'noConnection', 'unreachable', 'unknownName', 'nameServer'] as const),
  ...(['reset', 'closed', 'cutShort', 'notHttp', 'silent'] as const),
];
const BY_PROXY =
  'the proxy that the environment names (HTTPS_PROXY, HTTP_PROXY) or the target behind it is away: mend the proxy, name the host in NO_PROXY, or mend --target';

const FALLBACK = 'is it running, and is --target right?';

/** Where a GET before the load means more than an order amid it. */
const ADVICE: Partial<Readonly<Record<NetworkCause, string>>> = {
  closed:
    'it closed the connection without an answer: it crashes, or speaks something else there than --target says, such as TLS (https://)',
  silent:
    'it takes connections, or nothing turns them away, and no answer comes: it hangs, starts up still, or a firewall drops what it gets',
};

/** An error may hold several, one for each address that was tried, or another one as its cause. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return innermost(error.cause);
  return error;
}

function wordsOf(outer: unknown, timeoutMs: number): string {
  const isTimeout = ({ name }: Error) => name === 'AbortError' || name === 'TimeoutError';
  if (outer instanceof Error && isTimeout(outer)) return `nothing within ${timeoutMs / 1000} s`;
  const error = innermost(outer);
  if (!(error instanceof Error)) return String(error);
  if (isTimeout(error)) return `nothing within ${timeoutMs / 1000} s`;
  const code = codeOf(error);
  // The code of a socket that was closed says that it was reset.
  if (error.message === 'socket hang up') return 'closed without an answer';
  return code === undefined || code === 'UND_ERR_ABORTED' ? error.message : code;
}

function causeOf(outer: unknown, words: string): NetworkCause | null {
  if (words === 'closed without an answer') return 'closed';
  const ofWords = networkCause(words);
  if (ofWords !== null) return ofWords;
  const error = innermost(outer);
  return error instanceof Error ? networkCause(error.message) : null;
}
