import { describe, expect, it } from 'vitest';
import { redactor } from '../../../lib/node/run/redact.ts';

describe('redactor', () => {
  it('replaces secrets in every spelling that logs use', () => {
    const redact = redactor(['pa/ss "word"']);
    expect(redact('plain pa/ss "word" end')).toBe('plain *** end');
    expect(redact('url ?k=pa%2Fss%20%22word%22&x')).toBe('url ?k=***&x');
    expect(redact('json "pa/ss \\"word\\""')).toBe('json "***"');
  });

  it('replaces the longer of two nested secrets first', () => {
    expect(redactor(['token', 'token-long'])('a token-long b')).toBe('a *** b');
  });

  it('leaves secrets too short to hide', () => {
    expect(redactor(['a'])('a cat')).toBe('a cat');
  });
});
