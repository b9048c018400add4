import { ARRIVALS_ACCEPTED, type ArrivalsChoice, parseArrivals } from '../load/arrivals.ts';
import { type HeaderFromEnv, PROFILE_NAMES, type ProfileName } from '../load/load-plan.ts';
import { parseDuration } from '../text/parse-duration.ts';

/**
 * How one kind of option is read. `parse` turns what a flag, a variable or the config file holds into the
 * value, or null if it is not accepted. `accepts` completes the sentence "expected …".
 */
export interface OptionKind<T> {
  readonly accepts: string;
  readonly parse: (raw: unknown) => T | null;
  /** The raw value may be a secret in the wrong place: never repeat it in a message. */
  readonly secret?: true;
}

export interface Sigv4Scope {
  readonly region: string;
  readonly service: string;
}

const DECIMAL = /^\d+(\.\d+)?$/;
/** A path below the target. */
const PATH = /^\/(?!\/)[^\s?#@\\]*$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const BASE_URL = /^https?:\/\/[^\s/?#@\\]+(\/[^\s?#@\\]*)?$/i;

/** The path at which Prometheus receives remote write. */
const REMOTE_WRITE_PATH = '/api/v1/write';

/** Headers that determine how a request is framed; a user may not set them. */
const FIXED_HEADERS = ['content-length', 'transfer-encoding', 'connection'];

/** A header name that a config may set. */
export function isSettableHeader(name: string): boolean {
  return HEADER_NAME.test(name) && !FIXED_HEADERS.includes(name.toLowerCase());
}

/** Control characters and line separators would break a terminal line or a log. */
function isPrintable(text: string): boolean {
  if (text === '') return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || (code >= 127 && code < 160) || code === 0x2028 || code === 0x2029)
      return false;
  }
  return true;
}

function toNumber(raw: unknown): number | null {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : null;
  return typeof raw === 'string' && DECIMAL.test(raw) ? Number(raw) : null;
}

function within(value: number | null, min: number, max: number): number | null {
  return value !== null && value >= min && value <= max ? value : null;
}

function toShare(raw: unknown): number | null {
  const percent = typeof raw === 'string' && raw.endsWith('%') ? raw.slice(0, -1) : null;
  if (percent === null) return within(toNumber(raw), 0, 1);
  // By its decimal text, because 99.9 / 100 is not 0.999.
  return toNumber(percent) === null ? null : within(Number(`${percent}e-2`), 0, 1);
}

const number = (min: number, max: number, accepts: string): OptionKind<number> => ({
  accepts,
  parse: (raw) => within(toNumber(raw), min, max),
});

const integer = (min: number, max: number): OptionKind<number> => ({
  accepts: `a whole number from ${min} to ${max}`,
  parse: (raw) => {
    const value = within(toNumber(raw), min, max);
    return value !== null && Number.isInteger(value) ? value : null;
  },
});

const durationMs = (minMs: number, maxMs: number, accepts: string): OptionKind<number> => ({
  accepts,
  parse: (raw) => (typeof raw === 'string' ? within(parseDuration(raw), minMs, maxMs) : null),
});

const oneOf = <T extends string>(values: readonly T[]): OptionKind<T> => ({
  accepts: values
    .slice(0, -1)
    .join(', ')
    .concat(` or ${values[values.length - 1]}`),
  parse: (raw) => values.find((value) => value === raw) ?? null,
});

const list = <T>(
  { accepts, parse, secret }: OptionKind<T>,
  what: string,
): OptionKind<readonly T[]> => ({
  accepts: what === '' ? accepts : `${accepts} ${what}`,
  ...(secret ? { secret } : {}),
  parse: (raw) => {
    const items = typeof raw === 'string' ? raw.split(',') : raw;
    if (!Array.isArray(items) || items.length === 0) return null;
    const values: T[] = [];
    for (const item of items) {
      const value = parse(typeof item === 'string' ? item.trim() : item);
      if (value === null) return null;
      values.push(value);
    }
    return values;
  },
});

const headerFromEnv: OptionKind<HeaderFromEnv> = {
  accepts: 'name=env:VARIABLE, the variable that holds the value (never the value itself)',
  secret: true,
  parse: (raw) => {
    const match = typeof raw === 'string' ? /^([^=]+)=env:(.+)$/.exec(raw) : null;
    const name = match?.[1] ?? '';
    const env = match?.[2] ?? '';
    return isSettableHeader(name) && ENV_NAME.test(env) ? { name, env } : null;
  },
};

const IPV6_ENTRY = /^\[[0-9a-f:.]+\](:\d{1,5})?$/;
const HOST_ENTRY =
  /^(\*\.(?=[^.]+\.))?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*(:\d{1,5})?$/;

const allowedHost: OptionKind<string> = {
  accepts: 'a host, host:port or *.example.com, without https://',
  parse: (raw) => {
    const host = typeof raw === 'string' ? raw.toLowerCase() : '';
    return HOST_ENTRY.test(host) || IPV6_ENTRY.test(host) ? host : null;
  },
};

/** Name of a Lambda function, with its alias if callers use one. */
const functionName: OptionKind<string> = {
  accepts: 'Lambda functions, NAME[:ALIAS] (no ARN)',
  parse: (raw) =>
    typeof raw === 'string' && /^[\w-]{1,64}(:[\w-]{1,128})?$/.test(raw) ? raw : null,
};

/** One query parameter, encoded for a URL. The text is taken literally. */
const queryParameter: OptionKind<string> = {
  accepts: 'name=value, not yet encoded for a URL',
  secret: true,
  parse: (raw) => {
    const match = typeof raw === 'string' && isPrintable(raw) ? /^([^=]+)=(.*)$/.exec(raw) : null;
    if (match === null) return null;
    try {
      return `${encodeURIComponent(match[1] as string)}=${encodeURIComponent(match[2] as string)}`;
    } catch {
      // Half of a surrogate pair.
      return null;
    }
  },
};

/** Every kind of option value. */
export const OPTION_KINDS = {
  baseUrl: {
    accepts:
      'an http:// or https:// URL without user name, query or fragment; --query adds a query to every request',
    secret: true,
    parse: (raw) =>
      typeof raw === 'string' && BASE_URL.test(raw) ? raw.replace(/\/+$/, '') : null,
  } satisfies OptionKind<string>,
  remoteWriteUrl: {
    accepts: 'an http:// or https:// URL without user name, query or fragment',
    secret: true,
    parse: (raw) => {
      if (typeof raw !== 'string' || !BASE_URL.test(raw)) return null;
      return /^https?:\/\/[^/]+\/*$/i.test(raw)
        ? `${raw.replace(/\/+$/, '')}${REMOTE_WRITE_PATH}`
        : raw;
    },
  } satisfies OptionKind<string>,
  tokenUrl: {
    accepts: 'an http:// or https:// URL without user name or fragment',
    secret: true,
    parse: (raw) =>
      typeof raw === 'string' && /^https?:\/\/[^\s/?#@\\]+(\/[^\s#@\\]*)?$/i.test(raw) ? raw : null,
  } satisfies OptionKind<string>,
  command: {
    accepts: 'a command on one line',
    secret: true,
    parse: (raw) => (typeof raw === 'string' && isPrintable(raw.trim()) ? raw.trim() : null),
  } satisfies OptionKind<string>,
  oauth2Text: {
    accepts: 'printable ASCII without quotes and backslashes',
    parse: (raw) =>
      typeof raw === 'string' && /^[\x21\x23-\x5b\x5d-\x7e][\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(raw)
        ? raw
        : null,
  } satisfies OptionKind<string>,
  queryParameters: list(queryParameter, ''),
  preflightPath: {
    accepts: 'a path like /health without a query, or none',
    parse: (raw) => (typeof raw === 'string' && (raw === 'none' || PATH.test(raw)) ? raw : null),
  } satisfies OptionKind<string>,
  profile: oneOf<ProfileName>(PROFILE_NAMES),
  rate: number(0.01, 100_000, 'a number from 0.01 to 100000 (fractions allowed)'),
  duration: durationMs(1000, 7 * 86_400_000, 'a duration with its unit, from 1s to 7d, like 1m30s'),
  warmup: {
    accepts: 'a duration with its unit, from 1s to 1h, or 0s for none',
    parse: (raw) => {
      const ms = typeof raw === 'string' ? parseDuration(raw) : null;
      return ms === 0 ? 0 : within(ms, 1000, 3_600_000);
    },
  } satisfies OptionKind<number>,
  timeout: durationMs(1, 15 * 60_000, 'a duration with its unit, from 1ms to 15m, like 5s'),
  inFlight: integer(1, 1_000_000),
  clients: integer(1, 1000),
  arrivals: {
    accepts: ARRIVALS_ACCEPTED,
    parse: (raw) => (typeof raw === 'string' ? parseArrivals(raw) : null),
  } satisfies OptionKind<ArrivalsChoice>,
  refinements: integer(0, 10),
  ratio: {
    accepts: 'a share above 0 and up to 1, like 0.99 or 99%',
    parse: (raw) => toShare(raw) || null,
  } satisfies OptionKind<number>,
  shareOrNone: {
    accepts: 'a share from 0 to 1, like 0.1 or 10%',
    parse: toShare,
  } satisfies OptionKind<number>,
  latency: {
    accepts: 'milliseconds or a duration, from 1ms to 15m, like 800, 800ms or 1.5s',
    parse: (raw) => {
      const ms = toNumber(raw) ?? (typeof raw === 'string' ? parseDuration(raw) : null);
      return within(ms, 1, 15 * 60_000);
    },
  } satisfies OptionKind<number>,
  label: {
    accepts: '1 to 80 printable characters',
    parse: (raw) => (typeof raw === 'string' && isPrintable(raw) && raw.length <= 80 ? raw : null),
  } satisfies OptionKind<string>,
  headers: list(headerFromEnv, ''),
  hosts: list(allowedHost, ''),
  path: {
    accepts: 'a path',
    parse: (raw) => (typeof raw === 'string' && raw !== '' && !raw.includes('\0') ? raw : null),
  } satisfies OptionKind<string>,
  seed: integer(0, 4_294_967_295),
  count: integer(1, 1_000_000_000_000),
  envName: {
    accepts: 'the name of an environment variable (never the secret itself)',
    secret: true,
    parse: (raw) => (typeof raw === 'string' && ENV_NAME.test(raw) ? raw : null),
  } satisfies OptionKind<string>,
  sigv4: {
    accepts: 'REGION or REGION/SERVICE, like eu-west-1 or eu-west-1/lambda',
    parse: (raw) => {
      const match =
        typeof raw === 'string' ? /^([a-z]{2}(?:-[a-z]+)+-\d)(?:\/([a-z0-9-]+))?$/.exec(raw) : null;
      return match ? { region: match[1] as string, service: match[2] ?? 'execute-api' } : null;
    },
  } satisfies OptionKind<Sigv4Scope>,
  store: oneOf(['memory', 'dynalite'] as const),
  lens: oneOf(['auto', 'local', 'aws', 'none'] as const),
  wait: durationMs(0, 86_400_000, 'a duration with its unit, from 0s to 1d, like 2m'),
  functionNames: list(functionName, ''),
  region: {
    accepts: 'an AWS region, like eu-west-1',
    parse: (raw) => (typeof raw === 'string' && /^[a-z]{2}(-[a-z]+)+-\d$/.test(raw) ? raw : null),
  } satisfies OptionKind<string>,
  boolean: {
    accepts: 'true or false',
    parse: (raw) => {
      if (raw === true || raw === 'true' || raw === '1') return true;
      return raw === false || raw === 'false' || raw === '0' ? false : null;
    },
  } satisfies OptionKind<boolean>,
} as const;

export type OptionKindName = keyof typeof OPTION_KINDS;

/** The value of an option of the given kind. */
export type OptionValue<K extends OptionKindName> = NonNullable<
  ReturnType<(typeof OPTION_KINDS)[K]['parse']>
>;
