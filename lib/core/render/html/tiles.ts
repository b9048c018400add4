import type { Tile } from '../../text/statement.ts';
import { type Html, html } from './html.ts';

/** `main`: the figures that tell the outcome. `small`: one line each, for figures that decide nothing. */
type Size = 'main' | 'small';

/** Figures side by side, each with its limit. */
export function renderTiles(tiles: readonly Tile[], size: Size = 'main'): Html | null {
  if (tiles.length === 0) return null;
  return html`<dl class="tiles ${size}">${tiles.map(({ label, value, note, state, gauge }) => {
    const kind = state === undefined ? '' : state === 'met' ? ' ok' : ' missed';
    return html`<div class="tile${kind}"><dt>${label}${state === undefined ? null : html`<span class="state">${state}</span>`}</dt><dd>${value}</dd>${gauge === undefined ? null : renderGauge(gauge)}${note === '' ? null : html`<dd class="note">${note}</dd>`}</div>`;
  })}</dl>`;
}

/** A bar for the figure and a mark at its limit. Both are in the tile's text, so it is hidden from screen readers. */
function renderGauge({ value, limit }: NonNullable<Tile['gauge']>): Html {
  const percent = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  const mark = Math.min(99, percent(limit));
  return html`<dd class="gauge" aria-hidden="true"><svg viewBox="0 0 100 8" preserveAspectRatio="none"><rect class="scale" y="2" width="100" height="4"/><rect class="value" y="2" width="${percent(value)}" height="4"/><rect class="limit" x="${mark}" width="1" height="8"/></svg></dd>`;
}
