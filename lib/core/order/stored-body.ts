import { isJsonEqual, parseJsonOrUndefined } from './json-equal.ts';
import { type JsonPath, parseJsonPath, valueAt } from './json-path.ts';

/** What the JSON of an answer must say of a stored order, by JSON paths such as `$.data.order.id`. */
export interface SuccessWhen {
  /** Must not be there, or be null. */
  readonly absent?: readonly string[] | undefined;
  /** Must be there, and not be null. */
  readonly present?: readonly string[] | undefined;
  readonly equal?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Gives a function that says whether the body of an answer with a success status means that the order was
 * stored. An exact body is compared as JSON where it is JSON, and white space at its end is no difference. Where
 * nothing is said of the body, any will do but one that calls itself an error.
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

/** Gives a function that compares bodies with an expected one. */
export function sameBodyTest(expected: string): (body: string) => boolean {
  const trimmed = expected.trimEnd();
  const json = parseJsonOrUndefined(expected);
  // An API that ends its answers with a newline does so each time.
  let known = expected;
  return (body) => {
    if (body === known) return true;
    const isSame =
      body.trimEnd() === trimmed ||
      (json !== undefined && isJsonEqual(json, parseJsonOrUndefined(body)));
    if (isSame) known = body;
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

/** Most bodies hold none of these words and need not be parsed. */
const ERROR_WORDS = /"(?:errors?|errorMessage|success|ok|statusCode)"/;

/**
 * The member by which a body calls itself an error, or null: a GraphQL answer's `errors`, a Lambda function's
 * `errorMessage`, `"success": false`, a `statusCode` of 400 or more that its gateway did not read.
 */
export function errorInBody(body: string): string | null {
  if (!ERROR_WORDS.test(body)) return null;
  const json = parseJsonOrUndefined(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const of = json as Readonly<Record<string, unknown>>;
  const named = ['errors', 'error', 'errorMessage'].find((name) => saysSomething(of[name]));
  if (named !== undefined) return named;
  const denied = ['success', 'ok'].find((name) => of[name] === false);
  if (denied !== undefined) return denied;
  return typeof of['statusCode'] === 'number' && of['statusCode'] >= 400 ? 'statusCode' : null;
}

function saysSomething(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Object.keys(value).length > 0;
}
