import { describe, expect, it } from 'vitest';
import {
  refusalOfAnswer,
  renewAfterMs,
  tokenOfAnswer,
  tokenOfOutput,
} from '../../../lib/core/auth/fresh-token.ts';

const NOW = 1_800_000_000;
const NOW_MS = NOW * 1000;
const jwt = (claims: object) =>
  `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.c2ln`;
const lifeOf = (output: string) => {
  const fresh = tokenOfOutput(output, NOW_MS);
  return typeof fresh === 'string' ? fresh : fresh.lifeMs;
};

describe('the output of a command', () => {
  it.each([
    ['abc.def\n', 'abc.def'],
    ['Bearer abc\r\n', 'abc'],
    ['{"access_token":"abc","expires_in":60}', 'abc'],
  ])('%j holds %s', (output, token) => {
    expect(tokenOfOutput(output, NOW_MS)).toMatchObject({ token });
  });

  it.each([
    ['', /^it printed nothing$/],
    [' \n', /^it printed nothing$/],
    ['s3cret\nand more', /^it printed more than a token$/],
    ['tök3n', /^it printed more than a token$/],
    ['{"token":"s3cret"}', /^it printed JSON without an access_token$/],
    ['{s3cret', /^it printed something other than JSON$/],
  ])('%j holds none, and is not repeated', (output, problem) => {
    expect(tokenOfOutput(output, NOW_MS)).toMatch(problem);
  });
});

describe('the life of a token', () => {
  it.each([
    ['of which nobody says anything', 'opaque', null],
    ['by its exp', jwt({ exp: NOW + 30 }), 30_000],
    ['by its exp and iat, where this clock is slow', jwt({ exp: NOW + 90, iat: NOW + 60 }), 30_000],
    ['that came out of a cache', jwt({ exp: NOW + 5, iat: NOW - 25 }), 5000],
    ['that has ended by this clock', jwt({ exp: NOW - 5, iat: NOW - 35 }), null],
    ['with claims in any language', jwt({ name: 'Ærø – 注文', exp: NOW + 7 }), 7000],
    ['whose exp is no number', jwt({ exp: 'soon' }), null],
    ['with three parts that are no JWT', 'a.b*.c', null],
    ['by expires_in', '{"access_token":"abc","expires_in":60}', 60_000],
    ['by expires_in as a text', '{"access_token":"abc","expires_in":"60"}', 60_000],
    ['by an expires_in that says nothing', '{"access_token":"abc","expires_in":0}', null],
    [
      'by the shorter of two',
      JSON.stringify({ access_token: jwt({ exp: NOW + 20 }), expires_in: 60 }),
      20_000,
    ],
  ])('%s', (_, output, life) => {
    expect(lifeOf(output)).toBe(life);
  });

  it.each([
    [null, null],
    [2000, 1000],
    [30_000, 15_000],
    [3_600_000, 3_540_000],
    [100, 500],
    [1e12, 86_400_000],
  ])('of %s ms is renewed after %s ms', (life, after) => {
    expect(renewAfterMs(life)).toBe(after);
  });
});

it('tells a refusal by its code alone', () => {
  expect(refusalOfAnswer('{"error":"invalid_client","error_description":"x"}')).toBe(
    'invalid_client',
  );
  for (const answer of ['{"error":{"a":1}}', '<html>', '{"error":"Not a code!"}']) {
    expect(refusalOfAnswer(answer)).toBeNull();
  }
  expect(tokenOfAnswer('{"access_token":"a b"}', NOW_MS)).toBe(
    'an access_token that fits into no header',
  );
});
