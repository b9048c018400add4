import { describe, expect, it } from 'vitest';
import { growingRedactor, redactor } from '../../../lib/node/run/redact.ts';

describe('redactor', () => {
  it('replaces secrets in every spelling that logs use', () => {
    const redact = redactor(['pa/ss "word"']);
    expect(redact('plain pa/ss "word" end')).toBe('plain *** end');
    expect(redact('url ?k=pa%2Fss%20%22word%22&x')).toBe('url ?k=***&x');
    expect(redact('json "pa/ss \\"word\\""')).toBe('json "***"');
  });

  it('replaces secrets however often they were escaped', () => {
    const secret = 'a"b\\c/d <&>é=';
    const redact = redactor([secret]);
    let text = secret;
    for (let level = 0; level < 4; level++) {
      expect(redact(`x ${text} y`)).toBe('x *** y');
      text = JSON.stringify(text).slice(1, -1);
    }
    expect(redact('a\\"b\\\\c\\/d \\u003c\\u0026\\u003E\\u00e9=')).toBe('***');
    expect(redact(encodeURIComponent(secret).toLowerCase())).toBe('***');
    expect(redact(new URLSearchParams({ k: secret }).toString())).toBe('k=***');
  });

  it('leaves what only resembles a secret', () => {
    expect(redactor(['a.b*c'])('aXbbc a-b*c')).toBe('aXbbc a-b*c');
  });

  it('replaces the longer of two nested secrets first', () => {
    expect(redactor(['token', 'token-long'])('a token-long b')).toBe('a *** b');
  });

  it('leaves secrets too short to hide', () => {
    expect(redactor(['a'])('a cat')).toBe('a cat');
  });
});

it('learns of secrets while it is in use, and forgets the oldest of very many', () => {
  const { redact, hide } = growingRedactor(['first-secret']);
  expect(redact('first-secret token-1')).toBe('*** token-1');
  for (let nth = 1; nth <= 30; nth += 1) hide(`token-${nth}-`);
  expect(redact('first-secret token-30- token-11- token-1-')).toBe('*** *** *** token-1-');
});
