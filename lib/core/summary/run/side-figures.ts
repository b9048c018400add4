import { formatAboutUsd, formatMs, formatRatio, groupDigits } from '../../report/format-figure.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { connectionsText, latenessText } from './figure-texts.ts';

/** A figure with its name. */
export type NamedFigure = readonly [name: string, text: string];

/** Figures that decide nothing: the serverless side, the load generator and the cost. */
export function sideFigures(report: Report): readonly NamedFigure[] {
  const { connection, lambda } = report;
  const connections = connectionsText(connection);
  return [
    ...(connections === null ? [] : [['connections', connections] as const]),
    ...coldStarts(lambda),
    ...platform(lambda),
    ...concurrency(lambda),
    ...generator(report),
    ['cost', costText(report)],
  ];
}

function coldStarts({
  coldStarts: count,
  coldStartRatio,
  initMs,
}: Report['lambda']): NamedFigure[] {
  if (count.value === null) return [];
  const share =
    coldStartRatio.value === null ? '' : ` (${formatRatio(coldStartRatio.value)} of responses)`;
  const init =
    initMs === null ? '' : `, init p50 ${formatMs(initMs.p50)}, p95 ${formatMs(initMs.p95)}`;
  return [['cold starts', `${groupDigits(count.value)}${share}${init}`]];
}

function platform({ platform: view }: Report['lambda']): NamedFigure[] {
  if (view === undefined) return [];
  if (view.problem !== null) return [['platform', `could not be read: ${view.problem}`]];
  return view.agreement.map(({ note }, index) => [index === 0 ? 'platform' : '', note]);
}

function concurrency({ concurrency: mean, peakConcurrency }: Report['lambda']): NamedFigure[] {
  if (mean.value === null) return [];
  const peak =
    peakConcurrency.value === null
      ? ''
      : `, ${formatLevel(peakConcurrency.value)} in the busiest window`;
  return [['concurrency', `${formatLevel(mean.value)} on average${peak} (derived)`]];
}

function generator({ generator: figures, run }: Report): NamedFigure[] {
  const { cpuSeconds, cpuMicrosPerOrder, peakRssBytes, peakInFlight } = figures;
  const parts =
    cpuSeconds === null
      ? []
      : [
          `${cpuSeconds.toFixed(1)} s CPU`,
          cpuMicrosPerOrder === null ? '' : `${groupDigits(cpuMicrosPerOrder)} µs per order`,
          peakRssBytes === null ? '' : `at most ${Math.round(peakRssBytes / 2 ** 20)} MiB`,
          `k6 ${run.k6Version}`,
        ].filter(Boolean);
  const lateness = latenessText(figures);
  const inFlight =
    peakInFlight === undefined ? '' : `; at most ${groupDigits(peakInFlight)} in flight`;
  return [
    ...(parts.length === 0 ? [] : [['generator', parts.join(', ')] as const]),
    ...(lateness === null ? [] : [['lateness', `${lateness}${inFlight}`] as const]),
  ];
}

function costText({ cost }: Report): string {
  const amount = formatAboutUsd(cost.after.totalUsd);
  const where = cost.hypothetical ? `$0 locally; ${amount} on AWS` : amount;
  return `${where} (an estimate, with prices of ${cost.priceListDate})`;
}

/** Small levels keep a second decimal, so 0.04 is not shown as 0.0. */
function formatLevel(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}
