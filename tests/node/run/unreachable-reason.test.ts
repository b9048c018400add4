import { expect, it } from 'vitest';
import { unreachableReason } from '../../../lib/node/run/unreachable-reason.ts';

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

it.each([
  [coded('ECONNREFUSED'), 'ECONNREFUSED', 'refused'],
  [coded('ECONNRESET', 'socket hang up'), 'closed without a response', 'closed'],
  [coded('ECONNRESET', 'read ECONNRESET'), 'ECONNRESET', 'reset'],
  [new AggregateError([coded('ECONNREFUSED'), coded('ETIMEDOUT')]), 'ECONNREFUSED', 'refused'],
  [new Error('fetch failed', { cause: coded('ENOTFOUND') }), 'ENOTFOUND', 'unknownName'],
  [coded('EPROTO', 'write EPROTO: wrong version number'), 'EPROTO', 'notTls'],
  [
    coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'clientCertificate',
  ],
  [new DOMException('aborted', 'TimeoutError'), 'nothing within 5 s', 'silent'],
  [new Error('something new'), 'something new', null],
  ['a text', 'a text', null],
  [coded('UND_ERR_ABORTED', 'Proxy response (407) !== 200'), 'Proxy response (407) !== 200', null],
])('of %s', (error, words, cause) => {
  const reason = unreachableReason(error, 5000);
  expect(reason).toMatchObject({ words, cause });
  expect(reason.advice).toMatch(/\w/);
});

it('does not say who is away where a proxy may have been asked', () => {
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'something new']) {
    expect(unreachableReason(coded(code), 5000, true).advice).toMatch(/proxy .* or the target/);
  }
  const untrusted = unreachableReason(coded('SELF_SIGNED_CERT_IN_CHAIN'), 5000, true);
  expect(untrusted.advice).toContain('--ca');
});
