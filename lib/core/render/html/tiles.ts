import type { Tile } from '../../text/statement.ts';
import { type Html, html } from './html.ts';

/** `main`: the figures that tell the outcome. `small`: one line each, for figures that decide nothing. */
type Size = 'main' | 'small';

/** Figures side by side, each with its limit. */
export function renderTiles(tiles: readonly Tile[], size: Size = 'main'): Html | null {
  if (tiles.length === 0) return null;
  return html`<dl class="tiles ${size}">${tiles.map(({ label, value, note, state }) => {
    const kind = state === undefined ? '' : state === 'met' ? ' ok' : ' missed';
    return html`<div class="tile${kind}"><dt>${label}${state === undefined ? null : html`<span class="state">${state}</span>`}</dt><dd>${value}</dd>${note === '' ? null : html`<dd class="note">${note}</dd>`}</div>`;
  })}</dl>`;
}
