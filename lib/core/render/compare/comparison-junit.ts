import type { Comparison, MetricComparison } from '../../compare/comparison.ts';
import { metricName } from '../../compare/metric-words.ts';
import { stepText } from '../../compare/next-steps.ts';
import { comparisonSummary } from '../../summary/comparison/comparison-summary.ts';
import { html } from '../html/html.ts';

/**
 * A comparison as JUnit XML: one test case for each metric. A regression is a failure. An inconclusive
 * metric is skipped, and so is the only case of sides that cannot be compared: neither passed nor failed.
 */
export function comparisonJunit(comparison: Comparison): string {
  const { metrics, incomparable, scenario } = comparison;
  const { headline, subject } = comparisonSummary(comparison);
  const failures = metrics.filter(({ verdict }) => verdict === 'regress').length;
  const open = metrics.filter(({ verdict }) => verdict === 'inconclusive').length;
  const cases = metrics.map(
    (metric) =>
      html`<testcase classname="compare.${scenario}" name="${metricName(metric.metric)}">${outcome(metric)}</testcase>
`,
  );
  const notComparable =
    incomparable.length === 0
      ? null
      : html`<testcase classname="compare.${scenario}" name="comparable"><skipped message="${incomparable.join('; ')}"/></testcase>
`;
  const skipped = open + (notComparable === null ? 0 : 1);
  const tests = metrics.length + (notComparable === null ? 0 : 1);
  const said = [
    `${headline.word}: ${headline.reason}`,
    ...headline.others,
    ...headline.next.map((step) => `Next: ${stepText(step)}`),
  ].join('\n');
  return html`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
<testsuite name="compare ${subject}" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">
${cases}${notComparable}<system-out>${said}</system-out>
</testsuite>
</testsuites>
`.text;
}

function outcome({ verdict, sentence }: MetricComparison) {
  if (verdict === 'regress') return html`<failure message="${sentence}"/>`;
  if (verdict === 'inconclusive') return html`<skipped message="${sentence}"/>`;
  return html`<system-out>${sentence}</system-out>`;
}
