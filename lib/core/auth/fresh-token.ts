/** A bearer token that was just got. */
export interface FreshToken {
  readonly token: string;
  /** How long it holds, in ms from now; null where nobody says. */
  readonly lifeMs: number | null;
}

/** Text that goes into a header behind `Bearer `. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * The token in what a command printed: the token alone, or a token endpoint's answer. A text instead says what is
 * wrong with it, without repeating it.
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

/** The token in the answer of an OAuth2 token endpoint (RFC 6749, section 5.1), or what is wrong with that. */
export function tokenOfAnswer(answer: string, nowMs: number): FreshToken | string {
  const given = parseObject(answer);
  if (given === null) return 'something else than JSON';
  const { access_token: token, expires_in: expiresIn } = given;
  if (typeof token !== 'string' || token === '') return 'JSON without an access_token';
  if (!TOKEN.test(token)) return 'an access_token that fits into no header';
  const seconds = Number(expiresIn);
  const isSaid = (typeof expiresIn === 'number' || typeof expiresIn === 'string') && seconds > 0;
  return { token, lifeMs: lifeMs(token, isSaid ? seconds * 1000 : null, nowMs) };
}

/** The code that a token endpoint gives for a refusal (RFC 6749, section 5.2), or null. */
export function refusalOfAnswer(answer: string): string | null {
  const code = parseObject(answer)?.['error'];
  return typeof code === 'string' && /^[a-z_]{1,60}$/.test(code) ? code : null;
}

/** From so long before its end on a token is renewed, but not before half of its life is over. */
const RENEW_BEFORE_MS = 60_000;
const LEAST_WAIT_MS = 500;
/** Node's timers hold no more than 24 days. */
const LONGEST_WAIT_MS = 86_400_000;

/** How long to keep a token of this life before the next one is got; null where only a 401 will tell. */
export function renewAfterMs(life: number | null): number | null {
  if (life === null) return null;
  const wait = life - Math.min(life / 2, RENEW_BEFORE_MS);
  return Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, wait));
}

/**
 * The shortest of what is said: by the token endpoint, by the token's own `exp` against this clock, and by `exp`
 * against its `iat`, which does not depend on this clock. A token that was just got and has ended by
 * this clock shows that the clock is wrong, or that it is no new one: neither tells when it ends.
 */
function lifeMs(token: string, saidMs: number | null, nowMs: number): number | null {
  const { exp, iat } = claimsOf(token);
  const byClock = exp === null ? null : exp * 1000 - nowMs;
  const byItself = exp === null || iat === null ? null : (exp - iat) * 1000;
  const lives = [saidMs, byClock, byItself].flatMap((life) =>
    life !== null && life > 0 ? life : [],
  );
  if (lives.length === 0 || (byClock !== null && byClock <= 0 && saidMs === null)) return null;
  return Math.min(...lives);
}

/** Of a JSON Web Token (RFC 7519); null for what it does not say, and for any other token. */
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

/** One character a byte, which is enough for numbers among any texts; null for what is not base64url. */
function fromBase64Url(text: string): string | null {
  let bits = 0;
  let held = 0;
  let bytes = '';
  for (const sign of text.replace(/=+$/, '')) {
    const value = BASE64URL.indexOf(sign);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((held >> bits) & 0xff);
  }
  return bytes;
}
