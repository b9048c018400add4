import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import type { PageAssets } from '../html/page-frame.ts';
import type { ReportFile } from '../report-files.ts';
import { tuneHtml } from './tune-html.ts';
import { tuneMarkdown } from './tune-markdown.ts';
import { tuneText } from './tune-text.ts';

/** The formats of a sweep, by the names that those of a report have. */
const FORMATS = {
  text: (result) => [{ name: 'tune.txt', text: tuneText(result, { colors: false, width: 100 }) }],
  html: (result, page) => [{ name: 'tune.html', text: tuneHtml(result, page) }],
  md: (result) => [{ name: 'tune.md', text: tuneMarkdown(result) }],
} as const satisfies Readonly<
  Record<string, (result: TuneResult, page: PageAssets) => readonly ReportFile[]>
>;

type TuneFormat = keyof typeof FORMATS;

export const TUNE_FORMATS = Object.keys(FORMATS) as readonly TuneFormat[];

/** Whether a sweep has a file of this format. */
export function isTuneFormat(format: string): format is TuneFormat {
  return format in FORMATS;
}

/** What a sweep found, in each format. */
export function renderTuneFiles(
  result: TuneResult,
  formats: readonly TuneFormat[],
  page: PageAssets,
): readonly ReportFile[] {
  return formats.flatMap((format) => FORMATS[format](result, page));
}

/** The output that aws-lambda-power-tuning would give, one file for each processor. */
export function powerTuningFiles({ power }: TuneResult): readonly ReportFile[] {
  return (power?.powerTuning ?? []).map(({ architecture, output }) => ({
    name: `power-tuning-${architecture}.json`,
    text: `${JSON.stringify(output)}\n`,
  }));
}
