import type { Comparison } from '../../compare/comparison.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import type { PageAssets } from '../html/page-frame.ts';
import type { ReportFile } from '../report-files.ts';
import { comparisonHtml } from './comparison-html.ts';
import { comparisonJunit } from './comparison-junit.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';

/** A comparison with the runs that it is of, as the page draws them. */
export interface RenderedComparison {
  readonly comparison: Comparison;
  /** Empty where the history stands for A, and both empty for a duet, whose arms are in `b`. */
  readonly a: readonly Report[];
  readonly b: readonly Report[];
}

const FORMATS = {
  json: { name: 'comparison.json', render: ({ comparison }) => `${JSON.stringify(comparison)}\n` },
  md: { name: 'comparison.md', render: ({ comparison }) => comparisonMarkdown(comparison) },
  junit: { name: 'junit.xml', render: ({ comparison }) => comparisonJunit(comparison) },
  html: { name: 'comparison.html', render: comparisonHtml },
} as const satisfies Readonly<
  Record<string, { name: string; render: (given: RenderedComparison, page: PageAssets) => string }>
>;

export type ComparisonFormat = keyof typeof FORMATS;

export const COMPARISON_FORMATS = Object.keys(FORMATS) as readonly ComparisonFormat[];

/** The comparison in each format, as files. */
export function renderComparisonFiles(
  given: RenderedComparison,
  formats: readonly ComparisonFormat[],
  page: PageAssets,
): readonly ReportFile[] {
  return formats.map((format) => ({
    name: FORMATS[format].name,
    text: FORMATS[format].render(given, page),
  }));
}
