import { parseReport } from '../../questions/parse-report.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import type { PageAssets } from './html/page-frame.ts';
import { renderHtml } from './html/render-html.ts';
import { renderJunit } from './render-junit.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderWindowsCsv } from './render-windows-csv.ts';
import { renderSummary } from './terminal-summary.ts';

/** The formats of a report, each with the name of its file beside report.json. */
const FORMATS = {
  text: {
    fileName: 'summary.txt',
    render: (report) => renderSummary(report, { colors: false, width: 100 }),
  },
  html: { fileName: 'report.html', render: (report, page) => renderHtml(report, page) },
  md: { fileName: 'report.md', render: (report) => renderMarkdown(report) },
  junit: { fileName: 'junit.xml', render: (report) => renderJunit(report) },
  csv: { fileName: 'windows.csv', render: (report) => renderWindowsCsv(report) },
} as const satisfies Readonly<
  Record<string, { fileName: string; render: (report: AnsweredReport, page: PageAssets) => string }>
>;

export type ReportFormat = keyof typeof FORMATS;

export const REPORT_FORMATS = Object.keys(FORMATS) as readonly ReportFormat[];

/** Names of the files that a run renders from its report. */
export const REPORT_FILE_NAMES: readonly string[] = Object.values(FORMATS).map(
  (one) => one.fileName,
);

export interface ReportFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The report in each format. A run and a later `npm run report` write the same bytes, because both render
 * what report.json holds.
 */
export function renderReportFiles(
  report: AnsweredReport,
  formats: readonly ReportFormat[],
  page: PageAssets,
): readonly ReportFile[] {
  const written = parseReport(JSON.stringify(report), 'the report');
  return formats.map((format) => ({
    name: FORMATS[format].fileName,
    text: FORMATS[format].render(written, page),
  }));
}
