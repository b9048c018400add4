import { parseVersioned } from '../core/report/parse-versioned.ts';
import { SCHEMA_VERSION } from '../core/report/schema/schema-version.ts';
import { type AnsweredReport, reportSchema } from './report-schema.ts';

/**
 * A report from its JSON text. Accepts every minor version of v1; unknown fields are left out.
 * @param sourceName names the source in errors, usually a file.
 * @throws UserError (one line) if the text is not JSON, not a report, or of another major version.
 */
export function parseReport(text: string, sourceName: string): AnsweredReport {
  return parseVersioned(text, sourceName, {
    schema: reportSchema,
    versionField: 'schemaVersion',
    version: SCHEMA_VERSION,
    what: 'a report',
    of: 'report',
    instead: 'the report.json of a run',
  });
}
