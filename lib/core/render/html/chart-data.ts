import { stepLabel } from '../../load/step-label.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { spanText } from '../../text/seconds-text.ts';
import { concurrencyChart, memoryChart } from './function-charts.ts';
import { type Heatmap, heatmapOf } from './heatmap.ts';
import { latencyChart } from './latency-chart.ts';
import { outcomeChart, rateChart } from './order-charts.ts';
import type { TimeChart } from './time-chart.ts';
import { type WindowSlo, windowSlos } from './window-slo.ts';

/** The data of a report's charts over time, one value for each window. The page's script and the tables share it. */
export interface ChartData {
  /** Middle of each window in seconds after the load began. */
  readonly atSeconds: readonly number[];
  readonly windowSeconds: number;
  readonly stages: readonly StageSpan[];
  readonly sloP95Ms: number;
  readonly windowSlos: readonly WindowSlo[];
  /** Latency of stored orders. */
  readonly heatmap: Heatmap | null;
  readonly charts: readonly TimeChart[];
}

export interface StageSpan {
  readonly name: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export function chartDataOf(report: Report): ChartData {
  const { windows, load } = report;
  const memory = memoryChart(report);
  return {
    atSeconds: windows.map(
      ({ startOffsetMs, lengthMs }) => Math.round(startOffsetMs + lengthMs / 2) / 1000,
    ),
    windowSeconds: (windows[0]?.lengthMs ?? 1000) / 1000,
    stages: stageSpans(load.stages),
    sloP95Ms: load.slo.p95Ms,
    windowSlos: windowSlos(report),
    heatmap: heatmapOf(windows.map(({ success }) => success)),
    charts: [
      rateChart(report),
      latencyChart(report),
      outcomeChart(report),
      concurrencyChart(report),
      ...(memory === null ? [] : [memory]),
    ],
  };
}

/** From when to when a window lasted. */
export function windowText({ atSeconds, windowSeconds }: ChartData, position: number): string {
  const middle = atSeconds[position] ?? 0;
  return spanText(middle - windowSeconds / 2, middle + windowSeconds / 2);
}

function stageSpans(stages: Report['load']['stages']): StageSpan[] {
  let seconds = 0;
  return stages.map(({ name, durationSeconds }) => {
    const fromSeconds = seconds;
    seconds += durationSeconds;
    return { name: stepLabel(name), fromSeconds, toSeconds: seconds };
  });
}
