import { type Html, html } from '../html/html.ts';

export interface ChartLine {
  readonly name: string;
  /** CSS variable of the page, such as `p50`. */
  readonly color: string;
  readonly dashed?: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineChart {
  readonly title: string;
  readonly note: string;
  readonly lines: readonly ChartLine[];
  /** Whether the x axis is logarithmic; the y axis is linear and begins at 0. */
  readonly logX: boolean;
  readonly xText: (x: number) => string;
  readonly yText: (y: number) => string;
}

const WIDTH = 900;
const HEIGHT = 260;
const LEFT = 70;
const BOTTOM = 30;
const TOP = 10;
const TICKS = 5;

/** A chart of several lines that needs no script, with a legend below it. */
export function renderLineChart(chart: LineChart): Html {
  const all = chart.lines.flatMap(({ points }) => points);
  if (all.length === 0)
    return html`<figure><figcaption>${chart.title}: nothing to draw</figcaption></figure>`;
  const scaleX = chart.logX ? Math.log : (x: number) => x;
  const xs = all.map(([x]) => x);
  const [minX, maxX] = [Math.min(...xs), Math.max(...xs)];
  const maxY = Math.max(...all.map(([, y]) => y)) || 1;
  const span = scaleX(maxX) - scaleX(minX) || 1;
  const atX = (x: number) => LEFT + ((scaleX(x) - scaleX(minX)) / span) * (WIDTH - LEFT - 10);
  const atY = (y: number) => HEIGHT - BOTTOM - (y / maxY) * (HEIGHT - BOTTOM - TOP);
  const steps = Array.from({ length: TICKS }, (_, i) => i / (TICKS - 1));
  const xTicks = steps.map((step) => {
    const scaled = scaleX(minX) + step * span;
    const x = chart.logX ? Math.exp(scaled) : scaled;
    const anchor = step === 0 ? 'start' : step === 1 ? 'end' : 'middle';
    return html`<text x="${round(atX(x))}" y="${HEIGHT - 8}" text-anchor="${anchor}">${chart.xText(x)}</text>`;
  });
  const yTicks = steps.map((step) => {
    const y = round(atY(step * maxY));
    return html`<line x1="${LEFT}" x2="${WIDTH - 10}" y1="${y}" y2="${y}" stroke="var(--grid)"/><text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${chart.yText(step * maxY)}</text>`;
  });
  const lines = chart.lines.map(({ name, color, dashed, points }) => {
    const path = points.map(([x, y]) => `${round(atX(x))},${round(atY(y))}`).join(' ');
    return html`<polyline points="${path}" fill="none" stroke="var(--${color})" stroke-width="2"${dashed ? html` stroke-dasharray="6 4"` : null}><title>${name}</title></polyline>`;
  });
  const legend = chart.lines.map(
    ({ name, color, dashed }) =>
      html`<li><svg width="28" height="10" aria-hidden="true"><line x1="0" x2="28" y1="5" y2="5" stroke="var(--${color})" stroke-width="3"${dashed ? html` stroke-dasharray="6 4"` : null}/></svg> ${name}</li>`,
  );
  return html`<figure class="chart"><figcaption><h3>${chart.title}</h3><p class="note">${chart.note}</p></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="100%" role="img" aria-label="${chart.title}. ${chart.note}" font-size="12" fill="var(--muted)">${yTicks}${xTicks}${lines}</svg>
<ul>${legend}</ul></figure>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
