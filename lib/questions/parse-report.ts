import * as z from 'zod';
import { EXIT, UserError } from '../core/errors/user-error.ts';
import { SCHEMA_VERSION } from '../core/report/schema/schema-version.ts';
import { type AnsweredReport, reportSchema } from './report-schema.ts';

const versionSchema = z.object({ schemaVersion: z.string().regex(/^\d+\.\d+$/) });

/**
 * A report from its JSON text. Accepts every minor version of v1; unknown fields are left out.
 * @param sourceName names the source in errors, usually a file.
 * @throws UserError (one line) if the text is not JSON, not a report, or of another major version.
 */
export function parseReport(text: string, sourceName: string): AnsweredReport {
  const json = parseJson(text, sourceName);
  const version = versionSchema.safeParse(json);
  if (!version.success) {
    throw broken(sourceName, 'is JSON but not a report of this suite (it has no schemaVersion)');
  }
  const { schemaVersion } = version.data;
  if (schemaVersion.split('.')[0] !== SCHEMA_VERSION.split('.')[0]) {
    throw new UserError(
      'E_REPORT_VERSION',
      `${sourceName} is a report of version ${schemaVersion}, but this suite reads version ${SCHEMA_VERSION.split('.')[0]}.x. Read it with the version of the suite that wrote it.`,
      EXIT.usage,
    );
  }
  const report = reportSchema.safeParse(json);
  if (report.success) return report.data;
  const [issue] = report.error.issues;
  const where = issue === undefined ? '' : ` at ${issue.path.join('.')}: ${issue.message}`;
  throw broken(sourceName, `does not follow report version ${schemaVersion}${where}`);
}

function parseJson(text: string, sourceName: string): unknown {
  if (text.trim() === '') throw broken(sourceName, 'is empty');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw broken(sourceName, 'is not JSON, or was cut off');
  }
}

function broken(sourceName: string, what: string): UserError {
  return new UserError(
    'E_REPORT_UNREADABLE',
    `${sourceName} ${what}. Name the report.json of a run.`.replace(/\s+/g, ' '),
    EXIT.usage,
  );
}
