import {
  EXAMPLE_CHARACTERS,
  type FailureExample,
  HANDED_CHARACTERS,
} from '../../core/telemetry/failure-example.ts';
import { escapeText } from '../../core/text/escape-text.ts';

type Redact = (text: string) => string;

/** An example fit to be shown anywhere: bounded, on one line, without secrets and control characters. */
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
 * The beginning of a text without secrets. A secret that lies across its end would be known no more once it was cut
 * in two, so the cut is made behind it.
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

/** What looks like a credential, though it is none of this run's: a token that the API gave out, or got elsewhere. */
const CREDENTIALS: readonly RegExp[] = [
  /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g,
  /(?<=\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
  /(?<="[\w-]*(?:token|secret|passw(?:or)?d|api[_-]?key|authorization|cookie|session)[\w-]*"\s*:\s*")[^"]+/gi,
  /(?<=\b(?:access_token|id_token|refresh_token|client_secret|password|api_?key|signature|x-amz-(?:signature|security-token|credential))=)[^\s&"'<>]+/gi,
];

function hideCredentials(text: string): string {
  return CREDENTIALS.reduce((clean, pattern) => clean.replace(pattern, '***'), text);
}

/** Where a redirect goes is told without its query, which is often a one-time secret. */
function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/s, '').replace(/^([a-z][a-z\d+.-]*:\/\/)[^/]*@/i, '$1');
}

/** Bytes that are no UTF-8 come as U+FFFD. */
function isBinary(body: string): boolean {
  const characters = Array.from(body.slice(0, EXAMPLE_CHARACTERS));
  const odd = characters.filter((one) => one === '\ufffd' || isUnusualControl(one)).length;
  return characters.includes('\0') || odd > characters.length / 10;
}

/** None of those that text holds: blanks, and the escape of a terminal's colors. */
function isUnusualControl(character: string): boolean {
  return /\p{Cc}/u.test(character) && !/\s/.test(character) && character !== '\u001b';
}
