/**
 * Why an order that was due never reached the target. None of these is the target's doing.
 *
 * - `inFlight`: the limit of orders in flight was reached
 * - `overdue`: k6 was delayed until long after the order was due
 * - `descriptors`, `ports`, `memory`: this machine had none left for a connection
 * - `nameServer`: the name of the target could not be looked up
 * - `network`: this machine has no route to the target, or its firewall blocks the traffic
 * - `proxy`: the proxy from the environment could not be reached, or requires credentials
 * - `request`: k6 refused to send it, because a header, the method or the address is not valid
 * - `virtualUsers`: no VU of k6 was free, in a scenario of k6's usual form
 */
export const NOT_SENT_REASONS = [
  'inFlight',
  'overdue',
  'descriptors',
  'ports',
  'memory',
  'nameServer',
  'network',
  'proxy',
  'request',
  'virtualUsers',
] as const;

export type NotSentReason = (typeof NOT_SENT_REASONS)[number];

/** Go's texts for errno and resolver errors, as k6 passes them on. */
const WORDS: readonly (readonly [NotSentReason, RegExp])[] = [
  ['descriptors', /too many open files/],
  ['ports', /can(?:no|')t assign requested address/],
  ['memory', /cannot allocate memory|no buffer space available/],
  ['nameServer', /^lookup\b(?!.*no such host)/],
  ['network', /network is (?:unreachable|down)|operation not permitted|permission denied/],
  ['proxy', /^proxyconnect\b|^socks connect\b|^Proxy Authentication Required$/],
  [
    'request',
    /^(?:net\/http|http2?): invalid (?:header field|method|Host header|trailer)|^invalid (?:HTTP header|URL$)|^unsupported protocol scheme|^http: no Host in request URL|^(?:ip is blacklisted|hostname is blocked)$/,
  ],
];

/** Returns the reason if a request failed on this machine's own limits before it was sent, else null. */
export function notSentReason(error: string): NotSentReason | null {
  return WORDS.find(([, words]) => words.test(error))?.[0] ?? null;
}
