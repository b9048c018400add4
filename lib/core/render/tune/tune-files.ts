import { parseTune } from '../../tune/parse-tune.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import type { PageAssets } from '../html/page-frame.ts';
import type { ReportFile } from '../report-files.ts';
import { tuneHtml } from './tune-html.ts';
import { tuneMarkdown } from './tune-markdown.ts';
import { tuneText } from './tune-text.ts';

/** The formats of a sweep, by the names that those of a report have. */
const FORMATS = {
  text: {
    fileName: 'tune.txt',
    render: (result) => tuneText(result, { colors: false, width: 100 }),
  },
  html: { fileName: 'tune.html', render: tuneHtml },
  md: { fileName: 'tune.md', render: (result) => tuneMarkdown(result) },
} as const satisfies Readonly<
  Record<string, { fileName: string; render: (result: TuneResult, page: PageAssets) => string }>
>;

type TuneFormat = keyof typeof FORMATS;

export const TUNE_FORMATS = Object.keys(FORMATS) as readonly TuneFormat[];

/** Whether a sweep has a file of this format. */
export function isTuneFormat(format: string): format is TuneFormat {
  return format in FORMATS;
}

/**
 * What a sweep found, in each format. A sweep and a later `npm run report` write the same bytes, because both render what
 * tune.json holds.
 */
export function renderTuneFiles(
  result: TuneResult,
  formats: readonly TuneFormat[],
  page: PageAssets,
): readonly ReportFile[] {
  const written = parseTune(JSON.stringify(result), 'the result');
  return formats.map((format) => ({
    name: FORMATS[format].fileName,
    text: FORMATS[format].render(written, page),
  }));
}

/** The output that aws-lambda-power-tuning would give, one file for each processor. */
export function powerTuningFiles({ power }: TuneResult): readonly ReportFile[] {
  return (power?.powerTuning ?? []).map(({ architecture, output }) => ({
    name: `power-tuning-${architecture}.json`,
    text: `${JSON.stringify(output)}\n`,
  }));
}
