import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Sigv4Hashes, sigv4Signer } from '../../../lib/core/auth/sigv4.ts';

const hashes: Sigv4Hashes<Buffer> = {
  sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  hmacSha256: (key, text) => createHmac('sha256', key).update(text).digest(),
  hmacSha256Hex: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
};

class Sha256 {
  private readonly hash;
  constructor(secret?: Parameters<typeof createHmac>[1]) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  update(data: string | Uint8Array) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
}

const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

async function signedByAws(
  request: {
    method: string;
    host: string;
    path: string;
    query?: string;
    headers: Record<string, string>;
    body: string;
  },
  sessionToken: string | null,
  nowEpochMs: number,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    credentials: { ...CREDENTIALS, ...(sessionToken === null ? {} : { sessionToken }) },
    region: 'eu-west-1',
    service: 'execute-api',
    sha256: Sha256 as never,
    applyChecksum: false,
  });
  const { query = '', ...rest } = request;
  const parameters: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = [...(parameters[name] ?? []), value];
  }
  const signed = await signer.sign(
    {
      ...rest,
      query: parameters,
      protocol: 'https:',
      hostname: request.host,
      headers: { ...request.headers, host: request.host },
    },
    { signingDate: new Date(nowEpochMs) },
  );
  return signed.headers;
}

it('signs as the AWS SDK does', async () => {
  const path = fc
    .array(fc.stringMatching(/^[A-Za-z0-9._~!'()*%:$&+,;=-]{1,8}$/), { maxLength: 3 })
    .filter((segments) => !segments.some((segment) => /^\.+$/.test(segment)))
    .map((segments) => `/${segments.join('/')}`);
  const parameter = fc.tuple(
    fc.stringMatching(/^[ -~é]{1,5}$/),
    fc.stringMatching(/^[ -~é]{0,5}$/),
  );
  const query = fc
    .array(parameter, { maxLength: 4 })
    .map((all) => all.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'));
  const token = fc.option(fc.stringMatching(/^[A-Za-z0-9+/=]{1,40}$/));
  const epochMs = fc.integer({ min: 0, max: 4e12 });
  await fc.assert(
    fc.asyncProperty(
      path,
      query,
      fc.string({ unit: 'grapheme' }),
      token,
      epochMs,
      async (at, asked, body, sessionToken, now) => {
        const request = {
          method: 'POST',
          host: 'abc123.execute-api.eu-west-1.amazonaws.com',
          path: at,
          query: asked,
          headers: { 'content-type': 'application/json', 'x-note': ' two  words ' },
          body,
        };
        const sign = sigv4Signer(
          hashes,
          { ...CREDENTIALS, sessionToken },
          'eu-west-1',
          'execute-api',
        );
        const aws = await signedByAws(request, sessionToken, now);
        expect(aws).toMatchObject(sign(request, now));
      },
    ),
  );
});

it('derives a new key when the day changes', async () => {
  const sign = sigv4Signer(
    hashes,
    { ...CREDENTIALS, sessionToken: null },
    'eu-west-1',
    'execute-api',
  );
  const request = {
    method: 'POST',
    host: 'a.example.com',
    path: '/orders',
    headers: {},
    body: '{}',
  };
  const beforeMidnight = Date.UTC(2026, 5, 1, 23, 59, 59);
  for (const now of [beforeMidnight, beforeMidnight + 1000, beforeMidnight]) {
    expect(await signedByAws(request, null, now)).toMatchObject(sign(request, now));
  }
});
