import type { PageAssets } from '../html/page-frame.ts';
import type { ReportFile } from '../report-files.ts';
import { comparisonHtml } from './comparison-html.ts';
import { comparisonJunit } from './comparison-junit.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';
import type { RenderedComparison } from './rendered-comparison.ts';

const FORMATS = {
  json: { name: 'comparison.json', render: ({ comparison }) => `${JSON.stringify(comparison)}\n` },
  md: { name: 'comparison.md', render: ({ comparison }) => comparisonMarkdown(comparison) },
  junit: { name: 'comparison.junit.xml', render: ({ comparison }) => comparisonJunit(comparison) },
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
