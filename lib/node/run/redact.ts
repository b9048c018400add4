const SHORTEST_SECRET = 4;

/**
 * Returns a function that replaces every secret in a text by `***`, in the spellings that logs use: plain, URL-encoded,
 * and escaped as JSON, including JSON within JSON. Secrets of fewer than four characters are left: replacing every "a"
 * would destroy the log and give the secret away.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const spellings = [...new Set(secrets)]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
    .map((secret) => new RegExp(Array.from(secret, spellingsOf).join(''), 'g'));
  return (text) => spellings.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

/** A redactor to which secrets can be added while it is in use; it keeps only the latest ones. */
export interface GrowingRedactor {
  readonly redact: (text: string) => string;
  readonly hide: (secret: string) => void;
}

const MAX_ADDED = 20;

/** A redactor for secrets that change during a run; those known from the start are never forgotten. */
export function growingRedactor(secrets: readonly string[]): GrowingRedactor {
  let added: readonly string[] = [];
  let redact = redactor(secrets);
  return {
    redact: (text) => redact(text),
    hide: (secret) => {
      if (added.includes(secret)) return;
      added = [...added, secret].slice(-MAX_ADDED);
      redact = redactor([...secrets, ...added]);
    },
  };
}

/** Source of a pattern that matches one character in any spelling. */
function spellingsOf(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const bytes = [...new TextEncoder().encode(character)];
  const percent = bytes.map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`).join('');
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  const escaped = units.map((unit) => `u${anyCase(hex4(unit))}`);
  // Each level of JSON doubles the backslashes before an escaped character.
  const plain = `\\\\*${units.map((unit) => `\\u${hex4(unit)}`).join('')}`;
  const forms = [plain, percent, escaped.map((unit) => `\\\\+${unit}`).join('')];
  return `(?:${(character === ' ' ? [...forms, '\\+'] : forms).join('|')})`;
}

const hex4 = (unit: number): string => unit.toString(16).padStart(4, '0');

const anyCase = (hex: string): string =>
  hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
