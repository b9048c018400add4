import { isJsonEqual, parseJsonOrUndefined } from './json-equal.ts';
import { type JsonPath, parseJsonPath, valueAt } from './json-path.ts';

/** What the JSON body of a response must contain to mean a stored order, by JSON paths such as `$.data.order.id`. */
export interface SuccessWhen {
  /** Must be missing or null. */
  readonly absent?: readonly string[] | undefined;
  /** Must be present and not null. */
  readonly present?: readonly string[] | undefined;
  readonly equal?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Returns a function that decides whether the body of a response with a success status means that the order was stored.
 * An exact body is compared as JSON if it is JSON, and white space at its end is ignored. Without any condition on the
 * body, every body is accepted except one that reports an error.
 */
export function storedBodyTest({
  successBody,
  successWhen,
}: {
  readonly successBody: string | null;
  readonly successWhen: SuccessWhen | 'any' | null;
}): (body: string | null) => boolean {
  const tests = [
    ...(successBody === null ? [] : [sameBodyTest(successBody)]),
    ...(successWhen === null || successWhen === 'any' ? [] : [fieldTest(successWhen)]),
  ];
  if (tests.length === 0) {
    return successWhen === 'any' ? () => true : (body) => errorInBody(body ?? '') === null;
  }
  return (body) => tests.every((isMet) => isMet(body ?? ''));
}

/** Returns a function that compares bodies with the expected one. */
export function sameBodyTest(expected: string): (body: string) => boolean {
  const trimmed = expected.trimEnd();
  const json = parseJsonOrUndefined(expected);
  // An API that ends one response with a newline ends all of them with it, so the last match is tried first.
  let last = expected;
  return (body) => {
    if (body === last) return true;
    const isSame =
      body.trimEnd() === trimmed ||
      (json !== undefined && isJsonEqual(json, parseJsonOrUndefined(body)));
    if (isSame) last = body;
    return isSame;
  };
}

function fieldTest({ absent = [], present = [], equal = {} }: SuccessWhen) {
  const [absentAt, presentAt] = [absent.map(pathOf), present.map(pathOf)];
  const equalAt = Object.entries(equal).map(([path, value]) => [pathOf(path), value] as const);
  return (body: string): boolean => {
    const json = parseJsonOrUndefined(body);
    return (
      json !== undefined &&
      absentAt.every((path) => (valueAt(json, path) ?? null) === null) &&
      presentAt.every((path) => (valueAt(json, path) ?? null) !== null) &&
      equalAt.every(([path, value]) => isJsonEqual(valueAt(json, path), value))
    );
  };
}

function pathOf(text: string): JsonPath {
  const path = parseJsonPath(text);
  if (path === null) throw new Error(`${text} is no path`);
  return path;
}

/** Most bodies contain none of these words and need not be parsed. */
const ERROR_WORDS = /"(?:errors?|errorMessage|success|ok|statusCode)"/;

/**
 * Returns the name of the member by which a body reports an error, or null: `errors` of GraphQL, `errorMessage` of a
 * Lambda function, `"success": false`, or a `statusCode` of 400 or more that the gateway did not apply.
 */
export function errorInBody(body: string): string | null {
  if (!ERROR_WORDS.test(body)) return null;
  const json = parseJsonOrUndefined(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const fields = json as Readonly<Record<string, unknown>>;
  const key =
    ['errors', 'error', 'errorMessage'].find((name) => saysSomething(fields[name])) ??
    ['success', 'ok'].find((name) => fields[name] === false);
  if (key !== undefined) return key;
  return typeof fields['statusCode'] === 'number' && fields['statusCode'] >= 400
    ? 'statusCode'
    : null;
}

function saysSomething(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Object.keys(value).length > 0;
}
