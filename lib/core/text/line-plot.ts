/** A chart of lines or points over a common x axis, as data: the page draws it, and a table below it has the same figures. */
export interface LinePlot {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** How to read it, in one sentence. */
  readonly note: string;
  /** The chart in one sentence, for a screen reader. */
  readonly summary: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly lines: readonly PlotLine[];
  /** Horizontal lines, such as the limit of an SLO. */
  readonly levels: readonly { readonly y: number; readonly label: string }[];
  /** What was measured at an x, where the x alone does not say it. */
  readonly names?: readonly (readonly [x: number, name: string])[];
  /** Points that are pointed out, such as the best. */
  readonly marks?: readonly { readonly x: number; readonly y: number; readonly label: string }[];
}

export interface PlotAxis {
  readonly label: string;
  readonly unit: 'ms' | 'ratio' | 'perSecond' | 'seconds' | 'count' | 'megabytes' | 'usd';
  readonly isLog?: true;
}

export interface PlotLine {
  readonly name: string;
  /** CSS variable of the page, such as `p95`. */
  readonly color: string;
  readonly dashed?: true;
  /**
   * `points` where a line between them would say something that was not measured; `marked` where the line helps to read
   * the points.
   */
  readonly look: 'line' | 'points' | 'marked';
  readonly points: readonly (readonly [x: number, y: number])[];
  /** 95% intervals of the points that have one. */
  readonly intervals?: readonly PlotInterval[];
  /** 95% intervals of x, at the x of points. */
  readonly xIntervals?: readonly PlotInterval[];
}

export type PlotInterval = readonly [x: number, low: number, high: number];
