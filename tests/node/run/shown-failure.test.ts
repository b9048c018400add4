import { describe, expect, it } from 'vitest';
import {
  EXAMPLE_CHARACTERS,
  type FailureExample,
  HANDED_CHARACTERS,
} from '../../../lib/core/telemetry/failure-example.ts';
import { redactor } from '../../../lib/node/run/redact.ts';
import { shownFailure } from '../../../lib/node/run/shown-failure.ts';

const SECRET = 'canary-4711-"quoted"-zzzz';
const redact = redactor([SECRET]);

function shown(changes: Partial<FailureExample>): FailureExample {
  const { body = '' } = changes;
  const example: FailureExample = {
    ...{ outcome: 'rejected', status: 403, error: '', arm: null, atMs: 1, words: '' },
    ...{ headers: {}, body, bodyCharacters: body.length },
    ...changes,
  };
  return shownFailure({ ...example, body: example.body.slice(0, HANDED_CHARACTERS) }, redact);
}

describe('an example of a failure', () => {
  it('is the beginning of the body on one line', () => {
    expect(shown({ body: '{\n  "message":\t"no"\r\n}\n' }).body).toBe('{ "message": "no" }');
    const long = shown({ body: 'ab'.repeat(1e6) });
    expect(long.body).toBe(`${'ab'.repeat(EXAMPLE_CHARACTERS / 2)}…`);
    expect(long.bodyCharacters).toBe(2e6);
  });

  it('has no control characters, and no halves of characters', () => {
    const { body } = shown({
      body: `\u001b[2J\u001b]0;title\u0007 \u202e<\ud83d😀 ${'a'.repeat(50)}`,
    });
    expect(body).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(body).toContain('\\u{1b}[2J');
    expect(body).toContain('😀');
    const cut = shown({ body: `${'a'.repeat(EXAMPLE_CHARACTERS - 1)}😀b` }).body;
    expect(cut).not.toMatch(/\p{Cs}/u);
  });

  it('does not show what is no text', () => {
    expect(shown({ body: 'a\0b' }).body).toBe('(not text)');
    expect(shown({ body: '\ufffd\u0008\u001f\ufffdPNG' }).body).toBe('(not text)');
    expect(shown({ body: `caf\ufffd ${'a'.repeat(20)}` }).body).toMatch(/^caf\ufffd/);
    expect(shown({ body: '' }).body).toBe('');
  });

  it('has no secret that the server sent back, wherever it lies', () => {
    const spellings = [SECRET, JSON.stringify(SECRET), encodeURIComponent(SECRET)];
    for (const spelling of spellings) {
      for (let before = 0; before <= EXAMPLE_CHARACTERS + 2; before++) {
        const { body } = shown({ body: `${'.'.repeat(before)}${spelling}${'!'.repeat(500)}` });
        expect(body).not.toMatch(/cana|4711|quot/);
      }
    }
  });

  it('has none where the body is cut off amid one after many', () => {
    const token = `t0k3n-${'x'.repeat(3000)}`;
    const many = shownFailure(
      {
        ...{ outcome: 'rejected', status: 403, error: '', arm: null, atMs: 1, words: '' },
        ...{ headers: {}, body: token.repeat(9).slice(0, HANDED_CHARACTERS), bodyCharacters: 9 },
      },
      redactor([token]),
    );
    expect(many.body).not.toContain('t0k3n');
  });

  it('has no secret in headers and in what k6 said', () => {
    const { headers, words, error } = shown({
      ...{ status: 0, words: `bad ${SECRET}`, error: `bad ${SECRET}` },
      headers: { Server: SECRET, Location: `https://user:pass@login.test/a?next=${SECRET}#x` },
    });
    expect(headers).toEqual({ Server: '***', Location: 'https://login.test/a' });
    expect([words, error]).toEqual(['bad ***', 'bad ***']);
  });

  it.each([
    ['{"access_token":"abcdefgh12"}', '{"access_token":"***"}'],
    ['{"apiKey": "abc", "password":"pw"}', '{"apiKey": "***", "password":"***"}'],
    ['Authorization: Bearer abcdefgh12', 'Authorization: Bearer ***'],
    ['of eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc end', 'of *** end'],
    ['?client_secret=abc&x=1', '?client_secret=***&x=1'],
  ])('hides what looks like a credential: %s', (body, clean) => {
    expect(shown({ body }).body).toBe(clean);
  });

  it.each([
    '{"message":"The incoming token has expired"}',
    '{"message":"Missing Authentication Token"}',
    '{"error":"invalid_token","error_description":"no bearer given"}',
  ])('leaves %s as it is', (body) => {
    expect(shown({ body }).body).toBe(body);
  });
});
