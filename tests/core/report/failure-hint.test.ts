import { describe, expect, it } from 'vitest';
import { failureHint } from '../../../lib/core/report/failure-hint.ts';
import type { Failure } from '../../../lib/core/report/schema/failure-schema.ts';

const ALWAYS = false;
const SINCE = true;

const failure = (
  status: number | null,
  {
    body = '',
    headers = {},
    ...changes
  }: Partial<Failure> & { body?: string; headers?: object } = {},
): Failure => ({
  ...{ outcome: 'rejected', status, error: null, orders: 1, fromMs: 6012, toMs: 12_000 },
  example: { headers: { ...headers }, body, bodyCharacters: body.length },
  ...changes,
});

describe('failureHint', () => {
  it.each([
    [401, '', /credentials.*--bearer-env/],
    [403, '{"message":"Missing Authentication Token"}', /no such path.*--sigv4/],
    [403, '{"message":"Forbidden"}', /API key/],
    [403, '{"message":"The security token included in the request is expired"}', /have expired/],
    [
      403,
      '{"message":"User: arn:… is not authorized to perform: execute-api:Invoke"}',
      /execute-api/,
    ],
    [
      403,
      '{"Message":"The request signature we calculated does not match"}',
      /signature does not match/,
    ],
    [404, '', /path.*--target/],
    [405, '', /another method/],
    [407, '', /proxy/],
    [413, '', /larger/],
    [415, '', /Content-Type/],
    [422, '', /order\.fields/],
    [429, '', /rate limit/],
    [431, '', /headers are larger/],
    [502, '', /may have been stored/],
    [503, '', /no capacity/],
    [504, '', /may have been stored/],
    [521, '', /CDN/],
  ])('of %d %s', (status, body, expected) => {
    expect(failureHint(failure(status, { body }), ALWAYS)).toMatch(expected);
  });

  it('says where a redirect points to', () => {
    const headers = { Location: 'https://localhost:8443/orders' };
    const found = failure(308, { outcome: 'unexpectedBody', headers });
    expect(failureHint(found, ALWAYS)).toMatch(/^it points to https:\/\/localhost:8443\/orders;/);
    expect(failureHint(failure(304), ALWAYS)).toMatch(/without a location/);
  });

  it('says since when credentials are refused, where orders were stored until then', () => {
    const expired = failure(401, { body: '{"message":"Unauthorized"}' });
    expect(failureHint(expired, SINCE)).toBe(
      'since second 6, and orders were stored before that: the credentials have probably expired or been revoked',
    );
    expect(failureHint(expired, ALWAYS)).not.toMatch(/since|expired/);
    expect(failureHint({ ...expired, fromMs: null }, SINCE)).not.toMatch(/since/);
  });

  it('tells the page of a firewall or CDN from the API', () => {
    const page =
      '<!DOCTYPE HTML><TITLE>ERROR: The request could not be satisfied</TITLE>Request blocked.';
    const html = { 'Content-Type': 'text/html' };
    const blocked = failure(403, { body: page, headers: html });
    expect(failureHint(blocked, ALWAYS)).toMatch(/^a firewall or CDN/);
    expect(failureHint(blocked, SINCE)).toMatch(/^since second 6.*: a firewall or CDN/);
    const json = failure(403, { body: '{"message":"request blocked by policy"}' });
    expect(failureHint(json, ALWAYS)).not.toMatch(/firewall or CDN/);
    const challenge = failure(503, { headers: { 'Cf-Mitigated': 'challenge' } });
    expect(failureHint(challenge, ALWAYS)).toMatch(/^a firewall or CDN/);
    const page404 = failure(404, { body: '<html>Cannot POST /orders</html>', headers: html });
    expect(failureHint(page404, ALWAYS)).toMatch(/path/);
  });

  it('says what to do where a success has another body', () => {
    const other = failure(200, { outcome: 'unexpectedBody', body: '{"id":1}' });
    expect(failureHint(other, ALWAYS)).toMatch(/order\.successBody/);
    const login = { ...other, example: { headers: {}, body: '<html>Log in', bodyCharacters: 12 } };
    expect(failureHint(login, ALWAYS)).toMatch(/login/);
  });

  it.each([
    ['x509: unknown authority', / with --ca/],
    ['lookup: no such host', /name server/],
    ['dial: connection refused', /nothing listens/],
    ['read: connection reset by peer', /may have been stored/],
    ['EOF', /may have been stored/],
    ['unexpected EOF', /broke off.*may have been stored/],
    ['request timeout', /in time.*may have been stored/],
  ])('of k6 that says %s', (error, expected) => {
    expect(failureHint(failure(null, { error }), ALWAYS)).toMatch(expected);
  });

  it('does not speak of a wrong address where the target went away', () => {
    const gone = failure(null, { error: 'dial: connection refused' });
    expect(failureHint(gone, SINCE)).toMatch(/^since second 6, .*any more: the target was stopped/);
  });

  it('tells a throttle that the gateway passed on from a failure of the API', () => {
    const throttled = failure(500, { outcome: 'throttled' });
    expect(failureHint(throttled, ALWAYS)).toMatch(
      /^the platform refused the call because too many/,
    );
    expect(failureHint(failure(429, { outcome: 'throttled' }), ALWAYS)).toMatch(/^a rate limit/);
  });

  it('knows nothing of what it does not know', () => {
    expect(failureHint(failure(null, { error: 'something new' }), SINCE)).toBeNull();
    expect(failureHint(failure(418), SINCE)).toBeNull();
    expect(failureHint(failure(null), ALWAYS)).toBeNull();
  });
});
