import { type Dispatcher, request } from 'undici';
import { type FreshToken, refusalOfAnswer, tokenOfAnswer } from '../../core/auth/fresh-token.ts';
import { codeOf } from '../../core/errors/reason-of.ts';
import type { GetToken } from './token-source.ts';

const WITHIN_MS = 15_000;

export interface Oauth2TokenOptions {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string | null;
  readonly audience: string | null;
  /** Creates the dispatcher for the token endpoint. */
  readonly dispatcher: Dispatcher;
  readonly withinMs?: number;
}

/**
 * Gets tokens by OAuth2 client credentials (RFC 6749, section 4.4). The client authenticates with HTTP Basic, which
 * every endpoint must support, or in the body if that is refused.
 */
export function oauth2Token(options: Oauth2TokenOptions): GetToken {
  let shows: 'basic' | 'body' = 'basic';
  return async (signal) => {
    const first = await ask(options, shows, signal);
    if (!first.isClientRefused || shows === 'body') return first.fresh;
    const second = await ask(options, 'body', signal);
    if (typeof second.fresh !== 'string') shows = 'body';
    return second.fresh;
  };
}

interface Asked {
  readonly fresh: FreshToken | string;
  readonly isClientRefused: boolean;
}

async function ask(
  options: Oauth2TokenOptions,
  shows: 'basic' | 'body',
  signal: AbortSignal,
): Promise<Asked> {
  const { url, clientId, clientSecret, scope, audience, dispatcher } = options;
  const { withinMs = WITHIN_MS } = options;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope !== null && { scope }),
    ...(audience !== null && { audience }),
    ...(shows === 'body' && { client_id: clientId, client_secret: clientSecret }),
  });
  const failed = (why: string, isClientRefused = false): Asked => ({
    fresh: `--oauth2-token-url ${why}`,
    isClientRefused,
  });
  try {
    const { statusCode, body } = await request(url, {
      method: 'POST',
      dispatcher,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...(shows === 'basic' && { authorization: basic(clientId, clientSecret) }),
      },
      body: form.toString(),
      signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)]),
    });
    const answer = await body.text();
    if (statusCode !== 200) {
      const code = refusalOfAnswer(answer);
      const isClientRefused = statusCode === 401 || code === 'invalid_client';
      return failed(`answered ${statusCode}${code === null ? '' : ` (${code})`}`, isClientRefused);
    }
    const fresh = tokenOfAnswer(answer, Date.now());
    return typeof fresh === 'string'
      ? failed(`answered ${fresh}`)
      : { fresh, isClientRefused: false };
  } catch (error) {
    return failed(`did not respond (${failureText(error, withinMs)})`);
  }
}

/** Id and secret are form-encoded first (RFC 6749, section 2.3.1). */
function basic(clientId: string, clientSecret: string): string {
  const [id, secret] = [clientId, clientSecret].map((text) =>
    new URLSearchParams({ '': text }).toString().slice(1),
  );
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

function failureText(error: unknown, withinMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `nothing within ${withinMs / 1000} s`;
  return codeOf(error) ?? error.message;
}
