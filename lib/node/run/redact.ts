const SHORTEST_SECRET = 4;

/**
 * A function that replaces every secret in a text by `***`, in the spellings that logs use: plain,
 * URL-encoded, and escaped as JSON, also where JSON holds JSON. Secrets of less than four characters
 * are left: replacing every "a" would destroy the log and tell the secret.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const spellings = [...new Set(secrets)]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
    .map((secret) => new RegExp(Array.from(secret, spellingsOf).join(''), 'g'));
  return (text) => spellings.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

/** A redactor that learns of more secrets while it is in use, and forgets the oldest of very many. */
export interface GrowingRedactor {
  readonly redact: (text: string) => string;
  readonly hide: (secret: string) => void;
}

const MOST_LEARNT = 20;

/** The same for secrets that change during a run; those that are known from the start are never forgotten. */
export function growingRedactor(secrets: readonly string[]): GrowingRedactor {
  let learnt: readonly string[] = [];
  let redact = redactor(secrets);
  return {
    redact: (text) => redact(text),
    hide: (secret) => {
      if (learnt.includes(secret)) return;
      learnt = [...learnt, secret].slice(-MOST_LEARNT);
      redact = redactor([...secrets, ...learnt]);
    },
  };
}

/** Source of a pattern for one character in any spelling. */
function spellingsOf(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const bytes = [...new TextEncoder().encode(character)];
  const percent = bytes.map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`).join('');
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  const escaped = units.map((unit) => `u${anyCase(hex4(unit))}`);
  // Each level of JSON doubles the backslashes before a character that it escapes.
  const plain = `\\\\*${units.map((unit) => `\\u${hex4(unit)}`).join('')}`;
  const all = [plain, percent, escaped.map((unit) => `\\\\+${unit}`).join('')];
  return `(?:${(character === ' ' ? [...all, '\\+'] : all).join('|')})`;
}

const hex4 = (unit: number): string => unit.toString(16).padStart(4, '0');

const anyCase = (hex: string): string =>
  hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
