import { expect, it } from 'vitest';
import { failureText } from '../../../lib/core/order/failure-text.ts';

it.each([
  ['dial: connection refused', 'dial: connection refused'],
  [
    'read tcp 127.0.0.1:53122->127.0.0.1:3010: use of closed network connection',
    'read tcp …->…: use of closed network connection',
  ],
  ['read tcp [::1]:53122->[fe80::1%eth0]:443: i/o timeout', 'read tcp …->…: i/o timeout'],
  ['Post "http://api.test/orders?key=s3cret": EOF', 'EOF'],
  [
    'net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x15\\x03 \\"a"',
    'net/http: HTTP/1.x transport connection broken: malformed HTTP response "…"',
  ],
  [
    'x509: certificate has expired or is not yet valid: current time 2026-11-30T09:25:03Z is after 2026-01-01T00:00:00+01:00',
    'x509: certificate has expired or is not yet valid: current time … is after …',
  ],
  [
    'dial: unknown errno 113 error with msg `no route to host`',
    'dial: unknown errno 113 error with msg `no route to host`',
  ],
  ['stream 4567 ended', 'stream … ended'],
])('of %s is the same every time', (error, text) => {
  expect(failureText(error)).toBe(text);
  expect(failureText(text)).toBe(text);
});

it('is bounded, whatever a server makes k6 say', () => {
  expect(failureText('x'.repeat(1e6))).toHaveLength(160);
});
