/** A part of an x axis. */
export type Span = readonly [from: number, to: number];

/** What the reader chose on the page; it outlives the charts, which are drawn again for every new size, theme or figure. */
export interface View {
  /** Lines switched off, as `chart/line`. */
  readonly hidden: Set<string>;
  /** What each group of charts shows of its x axis; all of it if absent. */
  readonly spans: Map<string, Span>;
  /** Where the crosshair of each group stands. */
  readonly crosshairs: Map<string, number>;
}

export function emptyView(): View {
  return { hidden: new Set(), spans: new Map(), crosshairs: new Map() };
}

/** The same on paper, where nothing is pointed at. */
export function paperView(view: View): View {
  return { ...view, crosshairs: new Map() };
}
