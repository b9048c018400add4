import type { CompareSettings } from '../../compare/compare-settings.ts';
import type { ForestMark } from '../../summary/comparison/forest-marks.ts';
import type { MetricRow } from '../../summary/comparison/metric-rows.ts';
import { TONE_MARKS, type Tone } from '../../text/statement.ts';
import { type Html, html } from '../html/html.ts';
import { renderTable } from '../html/table.ts';

const HEIGHT = 22;
const MIDDLE = HEIGHT / 2;

/**
 * The metrics of a comparison, each with its change and interval drawn on one axis. The figures stand beside the drawing,
 * so it has no text of its own and keeps its size on a narrow screen.
 */
export function renderForestTable(rows: readonly MetricRow[], settings: CompareSettings): Html {
  const percent = (ratio: number) => `±${Number((ratio * 100).toFixed(2))}`;
  return html`<div class="forest">${renderTable<MetricRow>(
    'B compared with A',
    [
      { head: 'Metric', cell: ({ name }) => name },
      { head: 'A', isNumber: true, cell: ({ a }) => a },
      { head: 'B', isNumber: true, cell: ({ b }) => b },
      { head: 'Change, 95% interval', cell: (row) => changeCell(row) },
      {
        head: 'Verdict',
        cell: ({ verdict: { text, tone } }) =>
          // The mark stays with the first word where a narrow column wraps.
          html`<span class="${tone}">${TONE_MARKS[tone]}\u00a0${text}</span>`,
      },
    ],
    rows,
  )}<p class="note">Dot: change from A to B, hollow without an interval. Bar: 95% interval, with an arrow where it goes on. Left is better, right is worse. Shaded: ${percent(settings.tolerance)}% (success: ${percent(settings.successTolerance)} points), which counts as no change. All metrics share one risk of a false alarm, so a verdict can ask for more than the 95% interval shows.</p></div>`;
}

function changeCell({ change, interval, mark, verdict }: MetricRow): Html {
  return html`<div class="effect"><span class="change">${change}</span><span class="interval">${interval}</span>${mark === null ? null : drawing(mark, verdict.tone)}</div>`;
}

/** Lengths are percentages, so the drawing follows the width of its cell and nothing in it is stretched. */
function drawing({ at, interval, reach }: ForestMark, tone: Tone): Html {
  const x = (value: number) => Math.round((50 + (50 * value) / reach) * 100) / 100;
  const inside = (value: number) => Math.min(98, Math.max(2, x(value)));
  const zone = html`<rect class="zone" x="${x(-1)}%" width="${x(1) - x(-1)}%" y="0" height="${HEIGHT}"/><line class="zero" x1="50%" x2="50%" y1="0" y2="${HEIGHT}"/>`;
  const bar =
    interval === null
      ? null
      : html`<line class="bar95" x1="${inside(interval[0])}%" x2="${inside(interval[1])}%" y1="${MIDDLE}" y2="${MIDDLE}"/>${interval[0] < -reach ? arrow(0, 1) : null}${interval[1] > reach ? arrow(100, -1) : null}`;
  const isOff = Math.abs(at) > reach;
  return html`<svg class="mark95 ${tone}" width="100%" height="${HEIGHT}" aria-hidden="true">${zone}${bar}${isOff ? arrow(at > 0 ? 100 : 0, at > 0 ? -1 : 1) : html`<circle class="${interval === null ? 'alone' : 'dot'}" cx="${inside(at)}%" cy="${MIDDLE}" r="5"/>`}</svg>`;
}

/** At an end of the axis, pointing outwards. */
function arrow(percent: 0 | 100, inwards: 1 | -1): Html {
  return html`<svg x="${percent}%" overflow="visible"><path class="more" d="M ${inwards * 8} ${MIDDLE - 5} L 0 ${MIDDLE} L ${inwards * 8} ${MIDDLE + 5}"/></svg>`;
}
