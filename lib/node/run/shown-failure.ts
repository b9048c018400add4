import {
  EXAMPLE_CHARACTERS,
  type FailureExample,
  HANDED_CHARACTERS,
} from '../../core/telemetry/failure-example.ts';
import { escapeText } from '../../core/text/escape-text.ts';

type Redact = (text: string) => string;

/** An example that may be shown anywhere: short, on one line, without secrets or control characters. */
export function shownFailure(example: FailureExample, redact: Redact): FailureExample {
  const shown = (text: string) => shownText(text, redact);
  const { headers, body, bodyCharacters } = example;
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    shown(name === 'Location' ? withoutQuery(value) : value),
  ]);
  return {
    ...example,
    error: redact(example.error),
    words: shown(example.words),
    headers: Object.fromEntries(entries),
    body: isBinary(body) ? '(not text)' : shown(body),
    bodyCharacters: Math.max(bodyCharacters, 0),
  };
}

function shownText(text: string, redact: Redact): string {
  const start = hideCredentials(redactedStart(text, redact));
  return escapeText(start.replace(/\s+/g, ' ').replace(/\p{Cs}/gu, '\ufffd')).trim();
}

/**
 * The beginning of a text, redacted. A secret cut in two would not be recognised any more, so the text is cut after it.
 */
function redactedStart(text: string, redact: Redact): string {
  const whole = redact(text);
  if (text.length <= EXAMPLE_CHARACTERS) return whole;
  for (let end = EXAMPLE_CHARACTERS; end < Math.min(text.length, HANDED_CHARACTERS); end++) {
    const start = redact(text.slice(0, end));
    if (start + redact(text.slice(end)) === whole) return `${start}…`;
  }
  return whole;
}

/** Whatever looks like a credential, even if it is not one of this run's: the API may have issued a token, or show one. */
const CREDENTIALS: readonly RegExp[] = [
  /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g,
  /(?<=\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
  /(?<="[\w-]*(?:token|secret|passw(?:or)?d|api[_-]?key|authorization|cookie|session)[\w-]*"\s*:\s*")[^"]+/gi,
  /(?<=\b(?:access_token|id_token|refresh_token|client_secret|password|api_?key|signature|x-amz-(?:signature|security-token|credential))=)[^\s&"'<>]+/gi,
];

function hideCredentials(text: string): string {
  return CREDENTIALS.reduce((clean, pattern) => clean.replace(pattern, '***'), text);
}

/** Drops the query of a redirect's location, which often contains a one-time secret. */
function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/s, '').replace(/^([a-z][a-z\d+.-]*:\/\/)[^/]*@/i, '$1');
}

/** Bytes that are not UTF-8 arrive as U+FFFD. */
function isBinary(body: string): boolean {
  const characters = Array.from(body.slice(0, EXAMPLE_CHARACTERS));
  const odd = characters.filter(
    (character) => character === '\ufffd' || isUnusualControl(character),
  ).length;
  return characters.includes('\0') || odd > characters.length / 10;
}

/** Text may contain white space and the escape character of a terminal's colors, but no other control characters. */
function isUnusualControl(character: string): boolean {
  return /\p{Cc}/u.test(character) && !/\s/.test(character) && character !== '\u001b';
}
