import { expect, it } from 'vitest';
import {
  mayHaveArrived,
  type NetworkCause,
  networkCause,
} from '../../../lib/core/order/network-cause.ts';

it.each([
  ['x509: unknown authority', 'untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted'],
  ["x509: certificate doesn't match hostname", 'otherName'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'otherName'],
  ['x509: certificate has expired or is not yet valid: current time …', 'certificateTime'],
  ['CERT_HAS_EXPIRED', 'certificateTime'],
  ['remote error: tls: certificate required', 'clientCertificate'],
  ['remote error: tls: bad certificate', 'clientCertificate'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'clientCertificate'],
  ['remote error: tls: handshake failure', 'tlsVersion'],
  ['tls: first record does not look like a TLS handshake', 'notTls'],
  ['http: server gave HTTP response to HTTPS client', 'notTls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'notTls'],
  ['write EPROTO 00:error:0A00010B:SSL routines:ssl3_get_record:wrong version number', 'notTls'],
  ['write EPROTO 00:error:0A000410:ssl3_read_bytes:sslv3 alert handshake failure', 'tlsVersion'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'notTls'],
  ['net/http: HTTP/1.x transport connection broken: malformed HTTP response "…"', 'notHttp'],
  ['HPE_INVALID_CONSTANT', 'notHttp'],
  ['lookup: no such host', 'unknownName'],
  ['ENOTFOUND', 'unknownName'],
  ['lookup api.test on …: server misbehaving', 'nameServer'],
  ['EAI_AGAIN', 'nameServer'],
  ['dial: connection refused', 'refused'],
  ['ECONNREFUSED', 'refused'],
  ['dial: i/o timeout', 'noConnection'],
  ['dial: unknown errno 113 error with msg `no route to host`', 'unreachable'],
  ['read: connection reset by peer', 'reset'],
  ['EOF', 'closed'],
  ['http: server closed idle connection', 'closed'],
  ['write: broken pipe', 'closed'],
  ['unexpected EOF', 'cutShort'],
  ['http2: stream error with http2 ErrCode REFUSED_STREAM', 'http2'],
  ['error decompressing response body (gzip: invalid header)', 'unreadable'],
  ['error decompressing response body (unexpected EOF)', 'unreadable'],
  [
    'failed to parse Location header "…": parse "…": invalid character "…" in host name',
    'badRedirect',
  ],
  ['request timeout', 'silent'],
  ['nothing within 5 s', 'silent'],
] as const)('%s: %s', (words, cause) => {
  expect(networkCause(words)).toBe(cause);
});

it('does not guess', () => {
  for (const words of ['', 'something new', 'the x509 reader', 'geof']) {
    expect(networkCause(words)).toBeNull();
  }
});

it('says that an order may be stored only where it was on its way', () => {
  const maybe: NetworkCause[] = ['reset', 'closed', 'cutShort', 'http2', 'unreadable', 'silent'];
  for (const cause of maybe) expect(mayHaveArrived(cause)).toBe(true);
  const never: (NetworkCause | null)[] = ['refused', 'unknownName', 'untrusted', 'notTls', null];
  for (const cause of never) expect(mayHaveArrived(cause)).toBe(false);
});
