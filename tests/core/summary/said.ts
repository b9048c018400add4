import { comparisonJunit } from '../../../lib/core/render/compare/comparison-junit.ts';
import { comparisonMarkdown } from '../../../lib/core/render/compare/comparison-markdown.ts';
import { comparisonText } from '../../../lib/core/render/compare/comparison-text.ts';
import { renderJunit } from '../../../lib/core/render/render-junit.ts';
import { renderMarkdown } from '../../../lib/core/render/render-markdown.ts';
import { renderSummary } from '../../../lib/core/render/terminal-summary.ts';
import { renderTrend } from '../../../lib/core/render/trend/trend-text.ts';
import { tuneMarkdown } from '../../../lib/core/render/tune/tune-markdown.ts';
import { tuneText } from '../../../lib/core/render/tune/tune-text.ts';
import { trendSummary } from '../../../lib/core/summary/trend/trend-summary.ts';
import { sampleComparisons } from '../../page/sample-comparisons.ts';
import { NO_ASSETS, samplePages, sampleTrends } from '../../page/sample-pages.ts';
import { allReports } from '../../page/sample-reports.ts';
import { sampleTunes } from '../../page/sample-tunes.ts';
import { type TextBlock, visibleText } from '../../page/visible-text.ts';
import { NO_REPORTS } from '../trend/text-of-trend.ts';

/** All that one output says, in the order of its texts. */
export interface Said {
  readonly name: string;
  readonly output: 'page' | 'terminal' | 'markdown' | 'junit';
  readonly blocks: readonly TextBlock[];
}

/** Wider than any line, so no sentence is wrapped. */
const PLAIN = { colors: false, width: 100_000 };

let everything: readonly Said[] | undefined;

/** What each sample says in each output. */
export function everythingSaid(): readonly Said[] {
  everything ??= sayEverything();
  return everything;
}

function sayEverything(): readonly Said[] {
  const pages = samplePages(NO_ASSETS).map(
    ({ name, kind, html }): Said => ({
      name: `${kind}: ${name}`,
      output: 'page',
      blocks: visibleText(html),
    }),
  );
  const runs = allReports().flatMap(({ name, report }): Said[] => [
    said(`run: ${name}`, 'terminal', linesOf(renderSummary(report, PLAIN))),
    said(`run: ${name}`, 'markdown', markdownBlocks(renderMarkdown(report))),
    said(`run: ${name}`, 'junit', junitBlocks(renderJunit(report))),
  ]);
  const comparisons = sampleComparisons().flatMap(({ name, given: { comparison } }): Said[] => [
    said(`comparison: ${name}`, 'terminal', linesOf(comparisonText(comparison, PLAIN))),
    said(`comparison: ${name}`, 'markdown', markdownBlocks(comparisonMarkdown(comparison))),
    said(`comparison: ${name}`, 'junit', junitBlocks(comparisonJunit(comparison))),
  ]);
  const trends = sampleTrends().map(({ name, trends }) =>
    said(
      `trend: ${name}`,
      'terminal',
      trends.flatMap((trend) => linesOf(renderTrend(trendSummary(trend, NO_REPORTS), PLAIN))),
    ),
  );
  const sweeps = sampleTunes().flatMap(({ name, result }): Said[] => [
    said(`sweep: ${name}`, 'terminal', linesOf(tuneText(result, PLAIN))),
    said(`sweep: ${name}`, 'markdown', markdownBlocks(tuneMarkdown(result))),
  ]);
  return [...pages, ...runs, ...comparisons, ...trends, ...sweeps];
}

function said(name: string, output: Said['output'], blocks: readonly TextBlock[]): Said {
  return { name, output, blocks };
}

/** Columns of a line are two spaces or more apart; a line of three or more is a row of a table. */
function linesOf(text: string): TextBlock[] {
  return text.split('\n').flatMap((line) => {
    const cells = line
      .trim()
      .split(/ {2,}/)
      .filter((cell) => cell !== '');
    return cells.map((cell) => ({
      element: cells.length > 2 ? 'td' : 'line',
      text: cell,
      prose: withoutCommands(cell),
    }));
  });
}

/** A command of this suite, up to the end of its line. */
function withoutCommands(line: string): string {
  return line.replace(/npm run .*/, '‹code›');
}

function markdownBlocks(markdown: string): TextBlock[] {
  const html = markdown
    .replace(/```[\s\S]*?```/g, (code) => `<p><code>${code.replace(/```\w*/g, '')}</code></p>`)
    .replace(/^\|?[\s:|-]+$/gm, '')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/^(?:#+|[-*]) +/gm, '')
    .replace(/\*\*/g, '')
    .replace(/^.+$/gm, (line) =>
      line.startsWith('|') ? `<td>${line.replace(/ ?\| ?/g, '</td><td>')}</td>` : `<p>${line}</p>`,
    );
  return visibleText(html);
}

/** Names and messages of the test cases; properties are for programs. */
function junitBlocks(xml: string): TextBlock[] {
  const cases = xml.match(/<testcase[\s\S]*?(?:<\/testcase>|\/>)/g) ?? [];
  return cases.flatMap((one) => {
    const texts = [...one.matchAll(/ (?:name|message)="([^"]*)"|>([^<]+)</g)];
    return texts.flatMap(([, attribute, text]) =>
      visibleText(`<p>${attribute ?? text ?? ''}</p>`).map(({ text: shown }) => ({
        element: attribute === undefined ? 'text' : 'attribute',
        text: shown,
        prose: withoutCommands(shown),
      })),
    );
  });
}
