/** Why a request got no response, as far as the network's error text shows. */
export type NetworkCause =
  | 'untrusted'
  | 'otherName'
  | 'certificateTime'
  | 'clientCertificate'
  | 'tlsVersion'
  | 'notTls'
  | 'notHttp'
  | 'unknownName'
  | 'nameServer'
  | 'refused'
  | 'noConnection'
  | 'unreachable'
  | 'reset'
  | 'closed'
  | 'cutShort'
  | 'http2'
  | 'unreadable'
  | 'badRedirect'
  | 'silent';

/** Go's error texts as k6 passes them on, and Node's error codes. The first match counts. */
const WORDS: readonly (readonly [NetworkCause, RegExp])[] = [
  ['unreadable', /^error decompressing/],
  ['badRedirect', /^failed to parse Location header/],
  [
    'untrusted',
    /x509: (?:unknown authority|certificate signed by unknown authority)|x509: .*not trusted|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|SELF_SIGNED_CERT|CERT_UNTRUSTED/,
  ],
  [
    'otherName',
    /x509: (?:certificate doesn't match hostname|certificate is (?:valid for|not valid for any)|cannot validate certificate for)|ALTNAME_INVALID/,
  ],
  [
    'certificateTime',
    /x509: certificate has expired or is not yet valid|CERT_(?:HAS_EXPIRED|NOT_YET_VALID)/,
  ],
  [
    'clientCertificate',
    /tls: (?:certificate required|bad certificate|unknown certificate authority)|alert[_ ](?:certificate[_ ]required|bad[_ ]certificate|unknown[_ ]ca)/i,
  ],
  [
    'tlsVersion',
    /tls: (?:handshake failure|protocol version not supported|.*unsupported protocol version|no supported versions)|alert[_ ](?:handshake[_ ]failure|protocol[_ ]version)|unsupported[_ ]protocol\b/i,
  ],
  [
    'notTls',
    /first record does not look like a TLS handshake|server gave HTTP response to HTTPS client|wrong[_ ]version[_ ]number|packet[_ ]length[_ ]too[_ ]long/i,
  ],
  ['notHttp', /malformed (?:HTTP|MIME|chunked)|HPE_|Parse Error|transport connection broken/],
  ['unknownName', /no such host|ENOTFOUND/],
  ['nameServer', /^lookup\b|EAI_AGAIN|EAI_FAIL/],
  ['refused', /connection refused|ECONNREFUSED/],
  ['noConnection', /^dial: i\/o timeout|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT/],
  ['unreachable', /no route to host|network is (?:unreachable|down)|EHOSTUNREACH|ENETUNREACH/],
  ['cutShort', /unexpected EOF|ERR_STREAM_PREMATURE_CLOSE|aborted/],
  ['http2', /^http2: /],
  ['reset', /connection reset by peer|ECONNRESET/],
  [
    'closed',
    /\bEOF$|server closed idle connection|use of closed network connection|broken pipe|socket hang up|EPIPE|other side closed|UND_ERR_SOCKET/,
  ],
  ['silent', /request timeout|nothing within|TimeoutError|UND_ERR_(?:HEADERS|BODY)_TIMEOUT/],
];

/** Returns the cause of a failed request from k6's or Node's error text, or null if it is unknown. */
export function networkCause(error: string): NetworkCause | null {
  return WORDS.find(([, words]) => words.test(error))?.[0] ?? null;
}

/** What each cause means, and what to do about it. */
export const NETWORK_ADVICE: Readonly<Record<NetworkCause, string>> = {
  untrusted: 'this machine does not trust the certificate: pass the CA that signed it with --ca',
  otherName:
    'the certificate belongs to another host: fix the host in --target, or the certificate',
  certificateTime:
    'the certificate has expired or is not valid yet: renew it, or fix the clock of this machine',
  clientCertificate:
    'the server requires a client certificate (mTLS), and got none that it accepts: pass one with --client-cert and --client-key',
  tlsVersion:
    'the two sides found no common TLS version or cipher, or the server requires a client certificate',
  notTls: 'that port does not speak TLS: use http:// in --target, or another port',
  notHttp:
    'the response is not HTTP: use https:// in --target if that port speaks TLS, or another port',
  unknownName:
    'no name server knows this host: fix --target, or connect to the network that knows it',
  nameServer:
    'the name server of this machine did not answer: fix it, or name --target by its IP address',
  refused: 'nothing listens there: start the target, or fix the host and port in --target',
  noConnection:
    'nothing accepted the connection, because of a firewall, a security group, or a host that is off: fix that, or the address in --target',
  unreachable:
    'there is no network route to this host from here: fix the network, or the address in --target',
  reset: 'the other side reset the connection, because of a crash, a limit, or a firewall',
  closed:
    'the other side closed the connection without a response, because of a crash, a limit, or an idle timeout',
  cutShort: 'the response broke off in the middle',
  http2:
    'the other side ended the HTTP/2 connection or stream; check whether it also happens with --http1',
  unreadable: 'the body is not compressed the way its header claims',
  badRedirect: 'it redirects to an invalid address',
  silent: 'no complete response came in time',
};

/** Whether the request may have taken effect although no complete response came. */
export function mayHaveArrived(cause: NetworkCause | null): boolean {
  return cause !== null && AFTER_SENDING.includes(cause);
}

const AFTER_SENDING: readonly NetworkCause[] = [
  'reset',
  'closed',
  'cutShort',
  'http2',
  'unreadable',
  'silent',
];
