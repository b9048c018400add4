import uPlot from 'uplot';
import type { ChartData } from '../core/render/html/chart-data.ts';
import type { PageData } from '../core/render/html/page-data.ts';
import { axisLook, type ChartSpec, drawChart } from './chart-frame.ts';
import { latencyChart } from './latency-chart.ts';
import { outcomeChart } from './outcome-chart.ts';
import { colorOf } from './theme.ts';

/** Position of the crosshair in seconds after the start of the load, or null without one. */
export type Erase = () => number | null;

const CHARTS: Readonly<Record<string, (data: ChartData) => ChartSpec>> = {
  rates: rateChart,
  latency: latencyChart,
  outcomes: outcomeChart,
  concurrency: concurrencyChart,
  memory: memoryChart,
};

/**
 * Draws every chart that the page has a place for, with the crosshair at a time, or without one. The returned function
 * removes the charts, and returns the position of the crosshair.
 */
export function drawCharts({ charts: data }: PageData, atSeconds: number | null): Erase {
  const plots = [...document.querySelectorAll<HTMLElement>('[data-chart]')].flatMap((place) => {
    const chart = CHARTS[place.dataset['chart'] ?? ''];
    return chart === undefined ? [] : [drawChart(place, data, chart(data), atSeconds)];
  });
  return () => {
    const pointed = plots.find(({ cursor }) => cursor.idx != null);
    const at = pointed?.data[0][pointed.cursor.idx ?? 0] ?? null;
    for (const plot of plots) plot.destroy();
    return at;
  };
}

function rateChart({ rates }: ChartData): ChartSpec {
  return {
    height: 240,
    scales: { y: fromZero() },
    axes: [{ ...axisLook(), values: perSecondTicks, size: 62 }],
    series: [
      { ...line('Planned', 'muted', perSecond), dash: [4, 4], width: 1.5 },
      { ...line('Offered', 'offered', perSecond), fill: colorOf('offered-fill') },
      line('Stored', 'created', perSecond),
    ],
    values: [rates.planned, rates.offered, rates.served],
  };
}

function concurrencyChart({ inFlight, environments, coldStarts: cold }: ChartData): ChartSpec {
  const axes: uPlot.Axis[] = [{ ...axisLook(), size: 62 }];
  if (cold !== null) {
    axes.push({
      ...axisLook(),
      scale: 'cold',
      side: 1,
      size: 50,
      grid: { show: false },
      incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000],
    });
  }
  return {
    height: 220,
    scales: { y: fromZero(), ...(cold === null ? {} : { cold: fromZero(4) }) },
    axes,
    series: [
      ...(cold === null
        ? []
        : [
            {
              label: 'Cold starts',
              scale: 'cold',
              stroke: colorOf('cold'),
              fill: colorOf('cold-fill'),
              width: 1,
              points: { show: false },
              value: (_: uPlot, value: number | null) => whole(value),
              ...barPaths(),
            },
          ]),
      ...(environments === null ? [] : [line('Environments', 'p95', whole)]),
      line('In flight', 'offered', level),
    ],
    values: [cold, environments, inFlight].filter((levels) => levels !== null),
  };
}

function memoryChart({ environmentMemoryMb }: ChartData): ChartSpec {
  return {
    height: 180,
    scales: { y: fromZero() },
    axes: [{ ...axisLook(), size: 70, values: (_, splits) => splits.map((v) => `${v} MB`) }],
    series: [line('Memory', 'offered', (value) => (value === null ? '–' : `${level(value)} MB`))],
    values: [environmentMemoryMb ?? []],
  };
}

function barPaths(): Pick<uPlot.Series, 'paths'> {
  const paths = uPlot.paths.bars?.({ size: [0.7, 40], align: 0 });
  return paths === undefined ? {} : { paths };
}

/** A scale from 0 to a little above the highest value, at least `least`. */
function fromZero(least = 1): uPlot.Scale {
  return { range: (_, __, max) => [0, Math.max(least, (max ?? 0) * 1.12)] };
}

function line(label: string, color: string, text: (value: number | null) => string): uPlot.Series {
  return {
    label,
    stroke: colorOf(color),
    width: 2,
    points: { show: false },
    value: (_, value: number | null) => text(value),
  };
}

const level = (value: number | null) =>
  value === null ? '–' : Number(value.toPrecision(3)).toString();
const whole = (value: number | null) => (value === null ? '–' : value.toLocaleString('en'));
const perSecond = (value: number | null) => (value === null ? '–' : `${level4(value)}/s`);
const level4 = (value: number) => Number(value.toPrecision(4)).toLocaleString('en');
const perSecondTicks: uPlot.Axis.Values = (_, splits) =>
  splits.map((value) => `${value.toLocaleString('en')}/s`);
