import { expect, it } from 'vitest';
import { notSentReason } from '../../../lib/core/order/not-sent.ts';

// In Go's words, of Linux and of macOS where they differ.
it.each([
  ['dial tcp 10.0.0.1:443: socket: too many open files', 'descriptors'],
  ['socket: too many open files in system', 'descriptors'],
  ['dial tcp 10.0.0.1:80: connect: cannot assign requested address', 'ports'],
  ["dial tcp 10.0.0.1:80: connect: can't assign requested address", 'ports'],
  ['dial tcp 10.0.0.1:80: socket: cannot allocate memory', 'memory'],
  ['write: no buffer space available', 'memory'],
  ['lookup api.test on 10.0.0.2:53: server misbehaving', 'nameServer'],
  ['lookup api.test: i/o timeout', 'nameServer'],
  ['lookup api.test on 10.0.0.2:53: read udp: i/o timeout', 'nameServer'],
  ['dial: unknown errno 101 error with msg `network is unreachable`', 'network'],
  ['dial: unknown errno 1 error with msg `operation not permitted`', 'network'],
  ['proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused', 'proxy'],
  ['proxyconnect tcp: dial tcp 10.0.0.1:3128: socket: too many open files', 'descriptors'],
  ['Proxy Authentication Required', 'proxy'],
  ['net/http: invalid header field value for "Authorization"', 'request'],
  ['net/http: invalid header field name "x tenant"', 'request'],
  ['http2: invalid header field value for "authorization"', 'request'],
  ['http: invalid Host header', 'request'],
  ['invalid URL', 'request'],
  ['unsupported protocol scheme ""', 'request'],
])('%s is this machine’s own doing: %s', (error, why) => {
  expect(notSentReason(error)).toBe(why);
});

it.each([
  '',
  'request timeout',
  'dial: i/o timeout',
  'dial tcp 10.0.0.1:80: connect: connection refused',
  'read: connection reset by peer',
  'EOF',
  'no route to host',
  // The name is wrong, not the server of names.
  'lookup api.tset on 10.0.0.2:53: no such host',
  'lookup: no such host',
  'lookups are slow',
  'the answer speaks of a lookup',
  // What the server sent is no doing of this machine.
  'http2: stream error with http2 ErrCode PROTOCOL_ERROR',
  'net/http: HTTP/1.x transport connection broken: malformed HTTP response "invalid URL"',
  'Bad Gateway',
])('%j is not', (error) => {
  expect(notSentReason(error)).toBeNull();
});
