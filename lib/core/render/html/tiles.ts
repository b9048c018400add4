import type { Tile } from '../../text/statement.ts';
import { type Html, html } from './html.ts';

/** The most important figures side by side, each with its limit. */
export function renderTiles(tiles: readonly Tile[]): Html {
  return html`<dl class="tiles">${tiles.map(({ label, value, note, state }) => {
    const kind = state === undefined ? '' : state === 'met' ? ' ok' : ' missed';
    return html`<div class="tile${kind}"><dt>${label}${state === undefined ? null : html`<span class="state">${state}</span>`}</dt><dd>${value}</dd>${note === '' ? null : html`<dd class="note">${note}</dd>`}</div>`;
  })}</dl>`;
}
