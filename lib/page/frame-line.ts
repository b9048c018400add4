import type uPlot from 'uplot';
import type { Levels } from '../core/render/html/time-chart.ts';
import { pointMarks } from './point-marks.ts';
import type { PointLook, SwatchLook } from './swatch.ts';
import { colorOf } from './theme.ts';

export interface FrameLine {
  readonly name: string;
  /** CSS variable of the page. */
  readonly color: string;
  readonly look: SwatchLook;
  readonly values: Levels;
  /** How it is drawn, where it is not a line or points. */
  readonly series?: Partial<uPlot.Series>;
  /** In CSS pixels. */
  readonly width?: number;
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
  const { name, color, look, values, series, fill, width = 2, isSpanning = false } = line;
  const shown = known(values);
  const common = { label: name, show: !isHidden, stroke: colorOf(color), width };
  const isFew = shown.length <= FEW && series === undefined && look !== 'marked';
  const marks = isPointLook(look) ? look : isFew ? 'dots' : null;
  if (marks !== null) {
    return { ...common, paths: () => null, points: pointMarks(marks, color, shown) };
  }
  return {
    ...common,
    spanGaps: isSpanning,
    ...(look === 'dashed' ? { dash: [6, 4], width: 1.5 } : {}),
    ...(fill === undefined ? {} : { fill: colorOf(fill) }),
    ...(look === 'marked' ? { width: 1.5 } : {}),
    points: pointMarks('dots', color, pointsOf(line, shown)),
    ...series,
  };
}

function pointsOf({ look, values, isSpanning }: FrameLine, shown: readonly number[]) {
  if (look === 'marked') return shown;
  return isSpanning === true ? [] : alone(values);
}

function isPointLook(look: SwatchLook): look is PointLook {
  return look === 'dots' || look === 'crosses' || look === 'rings';
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
