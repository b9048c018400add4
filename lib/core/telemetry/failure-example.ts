import type { FailureTally } from './tally.ts';

/** The first response, or error, of one way to fail, as k6 passes it on. */
export interface FailureExample extends Pick<FailureTally, 'outcome' | 'status' | 'error' | 'arm'> {
  /** Epoch ms of the response. */
  readonly atMs: number;
  /** k6's error text in full. */
  readonly words: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The beginning of the body. */
  readonly body: string;
  /** Length of the whole body in characters. */
  readonly bodyCharacters: number;
}

/** Headers that show who responded and why, in k6's spelling; none contains a credential. */
export const EXAMPLE_HEADERS = [
  'Content-Type',
  'Location',
  'Www-Authenticate',
  'Retry-After',
  'Allow',
  'Server',
  'Via',
  'X-Cache',
  'X-Amzn-Errortype',
  'X-Amzn-Waf-Action',
  'Cf-Mitigated',
] as const;

/** Number of characters shown of a body, and of a header. */
export const EXAMPLE_CHARACTERS = 300;

/**
 * Number of characters that k6 passes on. The surplus is as long as a secret in any encoding, so a secret that extends
 * beyond the end of the shown text is still recognised.
 */
export const HANDED_CHARACTERS = EXAMPLE_CHARACTERS + 8192;

/** Most ways to fail of which one k6 VU passes on an example. */
export const MAX_EXAMPLES = 20;

/** Parses the example in a line of k6's console, or returns null if it contains none. */
export function parseFailureExample(text: string): FailureExample | null {
  try {
    const { headers, ...rest } = JSON.parse(text) as FailureExample;
    const isSound =
      [rest.outcome, rest.error, rest.words, rest.body].every(
        (value) => typeof value === 'string',
      ) && [rest.status, rest.atMs, rest.bodyCharacters].every((value) => Number.isFinite(value));
    if (!isSound) return null;
    const known = EXAMPLE_HEADERS.flatMap((name) =>
      typeof headers[name] === 'string' ? [[name, headers[name]]] : [],
    );
    return { ...rest, headers: Object.fromEntries(known) };
  } catch {
    return null;
  }
}
