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
])('%j is not', (error) => {
  expect(notSentReason(error)).toBeNull();
});
