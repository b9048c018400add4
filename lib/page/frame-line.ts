import type uPlot from 'uplot';
import type { Levels } from '../core/render/html/time-chart.ts';
import type { SwatchLook } from './swatch.ts';
import { colorOf } from './theme.ts';

export interface FrameLine {
  readonly name: string;
  /** CSS variable of the page. */
  readonly color: string;
  readonly look: SwatchLook;
  readonly values: Levels;
  /** How it is drawn, where it is not a line or points. */
  readonly series?: Partial<uPlot.Series>;
  /** CSS variable of the color below it. */
  readonly fill?: string;
  /** Whether the line goes on over x at which only other lines have points. */
  readonly isSpanning?: boolean;
  /** What legend and tooltip say of each value; the figure itself if absent. */
  readonly text?: (position: number) => string;
  /** What the legend shows without a crosshair. */
  readonly overall: string;
  /** Whether it is only drawn, as the edge of another one is. */
  readonly isSilent?: boolean;
}

/** Up to this many points, a line between them would say more than was measured. */
const FEW = 3;

/** How a line is drawn. */
export function seriesOf(line: FrameLine, isHidden: boolean): uPlot.Series {
  const { name, color, look, values, series, fill, isSpanning = false } = line;
  const shown = known(values);
  const isPoints = look === 'points' || (shown.length <= FEW && series === undefined);
  const drawnPoints = isPoints ? shown : isSpanning ? [] : alone(values);
  return {
    label: name,
    show: !isHidden,
    stroke: colorOf(color),
    width: look === 'dashed' ? 1.5 : 2,
    spanGaps: isSpanning,
    ...(look === 'dashed' ? { dash: [6, 4] } : {}),
    ...(fill === undefined || isPoints ? {} : { fill: colorOf(fill) }),
    ...(isPoints ? { paths: () => null } : {}),
    points: { show: true, size: isPoints ? 8 : 6, fill: colorOf(color), filter: () => drawnPoints },
    ...series,
  };
}

function known(values: Levels): number[] {
  return values.flatMap((value, position) => (value === null ? [] : [position]));
}

/** Values between two gaps: no line leads to them. */
function alone(values: Levels): number[] {
  return known(values).filter(
    (position) =>
      (values[position - 1] ?? null) === null && (values[position + 1] ?? null) === null,
  );
}
