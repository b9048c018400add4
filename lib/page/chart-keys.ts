import type uPlot from 'uplot';
import { announce } from './announce.ts';
import { type ChartGroup, moveCrosshair } from './chart-group.ts';
import { type TooltipText, tooltipSentence } from './chart-tooltip.ts';

const ZOOM: Readonly<Record<string, number>> = { '+': 0.5, '=': 0.5, '-': 2 };

/**
 * Arrow keys, Home and End move the crosshair, and a screen reader says the values there; plus and minus zoom around it,
 * 0 and Escape show everything again. The returned function stops listening.
 */
export function listenToKeys(
  place: HTMLElement,
  plot: uPlot,
  group: ChartGroup,
  textAt: (position: number) => TooltipText,
  setPointedAt: (isIt: boolean) => void,
): () => void {
  const xs = plot.data[0] as readonly number[];
  const moves: Readonly<Record<string, (at: number | null) => number>> = {
    ArrowRight: (at) => (at === null ? firstShown() : at + 1),
    ArrowLeft: (at) => (at === null ? lastShown() : at - 1),
    Home: () => firstShown(),
    End: () => lastShown(),
  };
  const isShown = (x: number) => x >= group.span()[0] && x <= group.span()[1];
  const firstShown = () => Math.max(0, xs.findIndex(isShown));
  const lastShown = () => Math.max(0, xs.findLastIndex(isShown));

  function pointAt(position: number): void {
    const clipped = Math.min(lastShown(), Math.max(firstShown(), position));
    setPointedAt(true);
    moveCrosshair(plot, xs[clipped] as number);
    announce(tooltipSentence(textAt(clipped)));
  }

  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    const factor = ZOOM[event.key];
    const [from, to] = group.span();
    if (move !== undefined) pointAt(move(plot.cursor.idx ?? null));
    else if (factor !== undefined) group.zoomBy(factor, group.crosshair() ?? plotMiddle(from, to));
    else if (event.key === '0' || event.key === 'Escape') group.zoomTo(null);
    else return;
    event.preventDefault();
  };
  const plotMiddle = (from: number, to: number) =>
    group.isLog ? Math.sqrt(from * to) : (from + to) / 2;
  const onLeave = (event: FocusEvent): void => {
    if (place.contains(event.relatedTarget as Node | null)) return;
    setPointedAt(false);
    moveCrosshair(plot, null);
  };
  place.addEventListener('keydown', onKey);
  place.addEventListener('focusout', onLeave);
  return () => {
    place.removeEventListener('keydown', onKey);
    place.removeEventListener('focusout', onLeave);
  };
}
