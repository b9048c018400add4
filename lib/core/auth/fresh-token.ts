/** A bearer token that was just obtained. */
export interface FreshToken {
  readonly token: string;
  /** Remaining lifetime in ms, or null if unknown. */
  readonly lifeMs: number | null;
}

/** Text that may follow `Bearer ` in a header. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Returns the token in a command's output, which is the token alone or the response of a token endpoint. Returns a text
 * that says what is wrong with any other output, without repeating the output.
 */
export function tokenOfOutput(output: string, nowMs: number): FreshToken | string {
  const text = output.trim();
  if (text === '') return 'it printed nothing';
  if (text.startsWith('{')) {
    const fresh = tokenOfAnswer(text, nowMs);
    return typeof fresh === 'string' ? `it printed ${fresh}` : fresh;
  }
  const token = text.replace(/^bearer +/i, '');
  if (!TOKEN.test(token)) return 'it printed more than a token';
  return { token, lifeMs: lifeMs(token, null, nowMs) };
}

/**
 * Returns the token in the response of an OAuth2 token endpoint (RFC 6749, section 5.1), or what is wrong with the
 * response.
 */
export function tokenOfAnswer(answer: string, nowMs: number): FreshToken | string {
  const fields = parseObject(answer);
  if (fields === null) return 'something other than JSON';
  const { access_token: token, expires_in: expiresIn } = fields;
  if (typeof token !== 'string' || token === '') return 'JSON without an access_token';
  if (!TOKEN.test(token)) return 'an access_token that fits into no header';
  const seconds = Number(expiresIn);
  const hasLife = (typeof expiresIn === 'number' || typeof expiresIn === 'string') && seconds > 0;
  return { token, lifeMs: lifeMs(token, hasLife ? seconds * 1000 : null, nowMs) };
}

/** Returns the error code of a token endpoint's refusal (RFC 6749, section 5.2), or null. */
export function refusalOfAnswer(answer: string): string | null {
  const code = parseObject(answer)?.['error'];
  return typeof code === 'string' && /^[a-z_]{1,60}$/.test(code) ? code : null;
}

/** A token is renewed this long before it expires, but not before half of its life is over. */
const RENEW_BEFORE_MS = 60_000;
const LEAST_WAIT_MS = 500;
/** Node's timers cannot wait longer than 24 days. */
const LONGEST_WAIT_MS = 86_400_000;

/**
 * Returns how long to keep a token with this lifetime before getting the next one; null if only a 401 will show its
 * end.
 */
export function renewAfterMs(life: number | null): number | null {
  if (life === null) return null;
  const wait = life - Math.min(life / 2, RENEW_BEFORE_MS);
  return Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, wait));
}

/**
 * Returns the shortest known lifetime: from the token endpoint, from the token's `exp` against this clock, or from
 * `exp` against its `iat`, which does not depend on this clock. If a token that was just obtained has expired by this
 * clock, then the clock is wrong or the token is not new; in both cases its `exp` does not show when it ends.
 */
function lifeMs(token: string, givenMs: number | null, nowMs: number): number | null {
  const { exp, iat } = claimsOf(token);
  const byClock = exp === null ? null : exp * 1000 - nowMs;
  const byItself = exp === null || iat === null ? null : (exp - iat) * 1000;
  const lives = [givenMs, byClock, byItself].flatMap((life) =>
    life !== null && life > 0 ? life : [],
  );
  if (lives.length === 0 || (byClock !== null && byClock <= 0 && givenMs === null)) return null;
  return Math.min(...lives);
}

/** The claims of a JSON Web Token (RFC 7519); null for missing ones, and for any other token. */
function claimsOf(token: string): { exp: number | null; iat: number | null } {
  const [, payload, signature] = token.split('.');
  const text = payload === undefined || signature === undefined ? null : fromBase64Url(payload);
  const claims = text === null ? null : parseObject(text);
  const seconds = (name: string) => {
    const value = claims?.[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  return { exp: seconds('exp'), iat: seconds('iat') };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Decodes to one character per byte, which is enough to find numbers among other texts; null if it is not base64url.
 */
function fromBase64Url(text: string): string | null {
  let bits = 0;
  let buffer = 0;
  let bytes = '';
  for (const character of text.replace(/=+$/, '')) {
    const value = BASE64URL.indexOf(character);
    if (value < 0) return null;
    buffer = ((buffer << 6) | value) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((buffer >> bits) & 0xff);
  }
  return bytes;
}
