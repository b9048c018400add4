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
}

export interface PlotAxis {
  readonly label: string;
  readonly unit: 'ms' | 'ratio' | 'perSecond' | 'seconds' | 'count';
  readonly isLog?: true;
}

export interface PlotLine {
  readonly name: string;
  /** CSS variable of the page, such as `p95`. */
  readonly color: string;
  readonly dashed?: true;
  /** `points` where a line between them would say something that was not measured. */
  readonly look: 'line' | 'points';
  readonly points: readonly (readonly [x: number, y: number])[];
}
