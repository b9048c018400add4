import * as z from 'zod';
import { EXIT, UserError } from '../errors/user-error.ts';

/** A JSON format with a version. */
export interface VersionedFormat<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** The field that holds the version, major.minor. */
  readonly versionField: string;
  /** The version that this suite writes. */
  readonly version: string;
  /** What a text of the format is: "a report". */
  readonly what: string;
  /** Name of the format before its version: "report". */
  readonly of: string;
  /** What the user should name instead: "the report.json of a run". */
  readonly instead: string;
}

/**
 * Parses a JSON text of a versioned format. Accepts every minor version of the same major one; unknown fields are left
 * out.
 *
 * @param sourceName names the source in errors, usually a file.
 * @throws UserError (one line, exit 2) if the text is not JSON, not of the format, or of another major version.
 */
export function parseVersioned<Schema extends z.ZodType>(
  text: string,
  sourceName: string,
  format: VersionedFormat<Schema>,
): z.infer<Schema> {
  const { schema, versionField, what, of } = format;
  const json = parseJson(text, sourceName, format);
  const known = z.object({ [versionField]: z.string().regex(/^\d+\.\d+$/) }).safeParse(json);
  if (!known.success) {
    throw unreadable(
      sourceName,
      `is JSON but not ${what} of this suite (it has no ${versionField})`,
      format,
    );
  }
  const version = String(known.data[versionField]);
  const [major] = format.version.split('.');
  if (version.split('.')[0] !== major) {
    throw new UserError(
      'E_REPORT_VERSION',
      `${sourceName} is ${what} of version ${version}, but this suite reads version ${major}.x. Read it with the version of the suite that wrote it.`,
      EXIT.usage,
    );
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : ` at ${issue.path.join('.')}: ${issue.message}`;
  throw unreadable(sourceName, `does not follow ${of} version ${version}${where}`, format);
}

/** The error for a text that is not of the format, or contradicts itself; one line. */
export function unreadable(
  sourceName: string,
  problem: string,
  { instead }: Pick<VersionedFormat<z.ZodType>, 'instead'>,
): UserError {
  return new UserError(
    'E_REPORT_UNREADABLE',
    `${sourceName} ${problem}. Name ${instead}.`.replace(/\s+/g, ' '),
    EXIT.usage,
  );
}

function parseJson(
  text: string,
  sourceName: string,
  format: Pick<VersionedFormat<z.ZodType>, 'instead'>,
): unknown {
  if (text.trim() === '') throw unreadable(sourceName, 'is empty', format);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw unreadable(sourceName, 'is not JSON, or was cut off', format);
  }
}
