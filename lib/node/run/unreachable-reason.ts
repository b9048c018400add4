import { codeOf } from '../../core/errors/reason-of.ts';
import { NETWORK_ADVICE, type NetworkCause, networkCause } from '../../core/order/network-cause.ts';

/** Why there was no response, and what to do about it. */
export interface UnreachableReason {
  /** The network's own code or message, such as "ECONNREFUSED". */
  readonly words: string;
  readonly advice: string;
  readonly cause: NetworkCause | null;
}

/**
 * Explains an error of Node's HTTP client, which waited at most `timeoutMs`. With `isProxied`, the error may be that of a
 * proxy, which looks the same.
 */
export function unreachableReason(
  error: unknown,
  timeoutMs: number,
  isProxied = false,
): UnreachableReason {
  const words = wordsOf(error, timeoutMs);
  const cause = causeOf(error, words);
  if (isProxied && (cause === null || PROXY_OR_TARGET.includes(cause))) {
    return { words, cause, advice: PROXY_ADVICE };
  }
  return {
    words,
    cause,
    advice: cause === null ? FALLBACK : (ADVICE[cause] ?? NETWORK_ADVICE[cause]),
  };
}

/** Causes that a proxy and a target behind it may both have. */
const PROXY_OR_TARGET: readonly NetworkCause[] = [
  'refused',
  'noConnection',
  'unreachable',
  'unknownName',
  'nameServer',
  'reset',
  'closed',
  'cutShort',
  'notHttp',
  'silent',
];
const PROXY_ADVICE =
  'the proxy that the environment names (HTTPS_PROXY, HTTP_PROXY) or the target behind it is down: fix the proxy, list the host in NO_PROXY, or fix --target';

const FALLBACK = 'is it running, and is --target correct?';

/** Causes that need other advice for a GET before the load than for an order during it. */
const ADVICE: Partial<Readonly<Record<NetworkCause, string>>> = {
  closed:
    'it closed the connection without a response: it crashed, or it does not speak the protocol of --target there but, for example, TLS (https://)',
  silent:
    'connections are accepted, or at least not refused, but no answer comes: it hangs, it is still starting, or a firewall drops the packets',
};

/**
 * Returns the innermost error: an error may contain several, one for each address that was tried, or another one as its
 * cause.
 */
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
  // The code of a closed socket is misleading: it is that of a reset.
  if (error.message === 'socket hang up') return 'closed without a response';
  return code === undefined || code === 'UND_ERR_ABORTED' ? error.message : code;
}

function causeOf(outer: unknown, words: string): NetworkCause | null {
  if (words === 'closed without a response') return 'closed';
  const cause = networkCause(words);
  if (cause !== null) return cause;
  const error = innermost(outer);
  return error instanceof Error ? networkCause(error.message) : null;
}
