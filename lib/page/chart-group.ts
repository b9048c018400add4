import type uPlot from 'uplot';
import type { Span, View } from './view.ts';

interface Member {
  readonly plot: uPlot;
  readonly zoomed: (isZoomed: boolean) => void;
}

/** Charts with a common x axis: one crosshair crosses all of them, and they are zoomed together. */
export interface ChartGroup {
  readonly isLog: boolean;
  /** What is shown of the x axis now. */
  readonly span: () => Span;
  readonly join: (member: Member) => void;
  /** Shows a part of the axis, or all of it for null. */
  readonly zoomTo: (span: Span | null) => void;
  /** Zooms around a value by a factor: 0.5 shows half as much, 2 twice as much. */
  readonly zoomBy: (factor: number, around: number) => void;
  /** Moves the crosshair of all other charts to where it is in `source`, at `x`; null hides it. */
  readonly follow: (source: uPlot, x: number | null) => void;
  /** Where the crosshair stands. */
  readonly crosshair: () => number | null;
}

/** A part of the axis with fewer points is not worth zooming into. */
const MIN_POINTS = 2;

/** @param axis with the x of all points, ascending. */
export function createGroup(
  name: string,
  axis: { readonly full: Span; readonly isLog: boolean; readonly xs: readonly number[] },
  view: View,
): ChartGroup {
  const { full, isLog, xs } = axis;
  const members: Member[] = [];
  let isFollowing = false;
  const span = (): Span => view.spans.get(name) ?? full;

  function zoomTo(wanted: Span | null): void {
    const clipped: Span | null =
      wanted === null ? null : [Math.max(full[0], wanted[0]), Math.min(full[1], wanted[1])];
    if (clipped === null || (clipped[0] <= full[0] && clipped[1] >= full[1])) {
      view.spans.delete(name);
    } else if (xs.filter((x) => x >= clipped[0] && x <= clipped[1]).length >= MIN_POINTS) {
      view.spans.set(name, clipped);
    }
    const [min, max] = span();
    for (const { plot, zoomed } of members) {
      plot.setScale('x', { min, max });
      zoomed(view.spans.has(name));
    }
  }

  return {
    isLog,
    span,
    join: (member) => {
      members.push(member);
      member.zoomed(view.spans.has(name));
    },
    zoomTo,
    zoomBy: (factor, around) => {
      const [to, from] = isLog ? [Math.log, Math.exp] : [Number, Number];
      const [low, high] = span().map(to) as [number, number];
      const [least, most] = full.map(to) as [number, number];
      const length = Math.min(most - least, (high - low) * factor);
      // Beside an end of the axis there is only room on the other side.
      const start = to(around) - (to(around) - low) * factor;
      const fitting = Math.min(most - length, Math.max(least, start));
      zoomTo([from(fitting), from(fitting + length)]);
    },
    follow: (source, x) => {
      if (isFollowing) return;
      if (x === null) view.crosshairs.delete(name);
      else view.crosshairs.set(name, x);
      isFollowing = true;
      for (const { plot } of members) {
        if (plot !== source) moveCrosshair(plot, x);
      }
      isFollowing = false;
    },
    crosshair: () => view.crosshairs.get(name) ?? null,
  };
}

/** Moves the crosshair of one chart; null hides it. */
export function moveCrosshair(plot: uPlot, x: number | null): void {
  const left = x === null ? -10 : plot.valToPos(x, 'x');
  plot.setCursor({ left, top: x === null ? -10 : plot.over.clientHeight / 2 });
}
