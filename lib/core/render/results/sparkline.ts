import { type Html, html } from '../html/html.ts';
import type { TrendChartData } from '../trend/trend-chart-data.ts';

const WIDTH = 160;
const HEIGHT = 36;
const INSET = 3;
/** Most runs that are drawn, the newest ones. */
const MOST_RUNS = 60;

/**
 * The last runs of a metric as dots, with the level, the range expected around it and a line at each change of level.
 * It has no text: what it shows is said beside it.
 */
export function renderSparkline(data: TrendChartData): Html {
  const { values, segments, changes } = data;
  const first = Math.max(0, values.length - MOST_RUNS);
  const shown = values.slice(first);
  const kept = segments.filter(({ to }) => to > first);
  const x = (at: number) =>
    digits(INSET + ((at - first + 0.5) / shown.length) * (WIDTH - 2 * INSET));
  const y = scaleOf([...shown, ...kept.flatMap(({ low, high }) => [low ?? [], high ?? []].flat())]);
  const bands = kept.map(({ from, to, low, high, level }) => {
    const [left, right] = [x(Math.max(first, from) - 0.5), x(to - 0.5)];
    const band =
      low === null || high === null
        ? null
        : html`<rect class="band" x="${left}" y="${y(high)}" width="${digits(right - left)}" height="${digits(y(low) - y(high))}"/>`;
    return html`${band}<path class="level" d="M${left} ${y(level)}H${right}"/>`;
  });
  const marks = changes
    .filter(({ at }) => at > first)
    .map(
      ({ at, isWorse }) =>
        html`<path class="${isWorse ? 'worse' : 'better'}" d="M${x(at - 0.5)} 0V${HEIGHT}"/>`,
    );
  // A line of no length with a round cap is a dot.
  const dot = (value: number, at: number) => `M${x(first + at)} ${y(value)}h0`;
  const newest = shown.length - 1;
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${bands}${marks}<path class="dots" d="${shown.map(dot).join('')}"/><path class="newest" d="${dot(shown[newest] ?? 0, newest)}"/></svg>`;
}

function scaleOf(values: readonly number[]): (value: number) => number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  return (value) => digits(HEIGHT - INSET - ((value - low) / span) * (HEIGHT - 2 * INSET));
}

function digits(value: number): number {
  return Math.round(value * 10) / 10;
}
