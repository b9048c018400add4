import { expect, it } from 'vitest';
import { compareRuns } from '../../../../lib/core/compare/compare-runs.ts';
import {
  COMPARISON_FORMATS,
  renderComparisonFiles,
} from '../../../../lib/core/render/compare/comparison-files.ts';
import { comparisonText } from '../../../../lib/core/render/compare/comparison-text.ts';
import type { LinePlot } from '../../../../lib/core/text/line-plot.ts';
import { steadyReport } from '../../compare/sample-reports.ts';

const PAGE = { script: '', scriptHash: 'sha256-a', style: '', styleHash: 'sha256-b' };
const EVIL = '<img src=x>|`\u001b[31m @octocat www.x.test';

const a = [1, 2, 3].map((seed) => steadyReport({ seed, changes: { profile: EVIL } }));
const b = [4, 5, 6].map((seed) => steadyReport({ seed, slower: 0.5, changes: { profile: EVIL } }));
const comparison = compareRuns({
  a: { name: EVIL, reports: a },
  b: { name: 'b', reports: b },
  history: [],
});
const files = new Map(
  renderComparisonFiles({ comparison, a, b }, COMPARISON_FORMATS, PAGE).map(({ name, text }) => [
    name,
    text,
  ]),
);

it('names the verdict first, whatever the target calls itself', () => {
  const text = comparisonText(comparison, { colors: false, width: 80 });
  expect(text).toMatch(/^✕ REGRESS {2}p95 rose by \d/);
  expect(text).not.toContain('\u001b');
});

it('makes no markup of names', () => {
  expect(files.get('comparison.html')).not.toContain('<img');
  expect(files.get('comparison.junit.xml')).not.toContain('<img');
  const markdown = files.get('comparison.md') ?? '';
  expect(markdown).not.toMatch(/<img|[`@]|www\./);
  expect(markdown).toContain('&#64;&#8203;octocat');
});

it('fails one JUnit test case for each metric that is worse', () => {
  const junit = files.get('comparison.junit.xml') ?? '';
  expect(junit).toContain('tests="4" failures="3" errors="0" skipped="0"');
  expect(junit.match(/<failure message="p\d\d is \d+\.\d% slower/g)).toHaveLength(3);
});

it('draws each change on one axis, and both sides over one another', () => {
  const page = files.get('comparison.html') ?? '';
  expect(page.match(/<svg class="mark95 (bad|good|open)"/g)).toHaveLength(4);
  expect(page.match(/data-plot="[^"]+"/g)).toEqual([
    'data-plot="distribution"',
    'data-plot="p95-by-window"',
  ]);
  const data = /<script type="application\/json" id="data">(.*?)<\/script>/.exec(page)?.[1] ?? '';
  const { plots } = JSON.parse(data) as { plots: Record<string, LinePlot> };
  // One line a side in the distribution, one line a run in the windows.
  expect(plots['distribution']?.lines).toHaveLength(2);
  expect(plots['p95-by-window']?.lines).toHaveLength(6);
});

it('has everything in the JSON', () => {
  expect(JSON.parse(files.get('comparison.json') ?? '')).toEqual(comparison);
});
