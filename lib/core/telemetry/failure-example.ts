import type { FailureTally } from './tally.ts';

/** The first response, or error, of one way to fail, as k6 hands it over. */
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

/** Headers that tell who responded and why, in k6's spelling; none holds a credential. */
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

/** Shown of a body, and of a header. */
export const EXAMPLE_CHARACTERS = 300;

/**
 * Handed over: as much more as a secret may take in any spelling, so that one which lies across the end of
 * what is shown is recognised.
 */
export const HANDED_CHARACTERS = EXAMPLE_CHARACTERS + 8192;

/** Ways to fail of which one k6 VU hands over an example. */
export const MAX_EXAMPLES = 20;

/** The example in a line of k6's console, or null where it holds none. */
export function parseFailureExample(text: string): FailureExample | null {
  try {
    const { headers, ...rest } = JSON.parse(text) as FailureExample;
    const isSound =
      [rest.outcome, rest.error, rest.words, rest.body].every((one) => typeof one === 'string') &&
      [rest.status, rest.atMs, rest.bodyCharacters].every((one) => Number.isFinite(one));
    if (!isSound) return null;
    const known = EXAMPLE_HEADERS.flatMap((name) =>
      typeof headers[name] === 'string' ? [[name, headers[name]]] : [],
    );
    return { ...rest, headers: Object.fromEntries(known) };
  } catch {
    return null;
  }
}
