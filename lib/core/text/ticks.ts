/** Seconds between ticks of time, as clocks divide it. */
const TIME_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
];

/** The smallest of 1, 2 and 5 × 10^n that divides `range` into at most `most` parts. */
export function roundStep(range: number, most: number): number {
  const least = range / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((step) => step * power >= least * (1 - 1e-9)) ?? 10;
  return precise(factor * power);
}

/** As `roundStep`, for seconds: whole steps of a clock from 1 s on. */
export function timeStep(range: number, most: number): number {
  const least = range / Math.max(1, most);
  if (least <= 0.5) return roundStep(range, most);
  return TIME_STEPS.find((step) => step >= least) ?? Math.ceil(least / 86_400) * 86_400;
}

/** Multiples of a step from `min` to `max`. */
export function multiples(min: number, max: number, step: number): number[] {
  const ticks: number[] = [];
  for (let n = Math.ceil(min / step - 1e-9); n * step <= max + step * 1e-9; n += 1) {
    ticks.push(precise(n * step));
  }
  return ticks;
}

/**
 * 1, 2 and 5 times each power of ten, or only the powers, or only every few of them, so that at most `most` lie in the
 * range. Within a range that has fewer than three of these they are evenly spaced.
 */
export function logTicks(min: number, max: number, most: number): number[] {
  const isInside = (tick: number) => tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9);
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const all = powersOfTen(first, last).flatMap((power) => [1, 2, 5].map((f) => precise(f * power)));
  const shown = all.filter(isInside);
  if (shown.length < 3) return multiples(min, max, roundStep(max - min, Math.min(5, most)));
  if (shown.length <= most) return shown;
  const whole = powersOfTen(first, last).filter(isInside);
  const every = Math.ceil(whole.length / most);
  return whole.filter((_, position) => position % every === 0);
}

/** Powers of two in a range, or only every few of them, so that there are at most `most`. */
export function doublingTicks(min: number, max: number, most: number): number[] {
  const first = Math.ceil(Math.log2(min) - 1e-9);
  const count = Math.max(0, Math.floor(Math.log2(max) + 1e-9) - first + 1);
  const all = Array.from({ length: count }, (_, position) => 2 ** (first + position));
  const every = Math.ceil(all.length / Math.max(1, most));
  return all.filter((_, position) => position % every === 0);
}

/** A round end of an axis from 0 that leaves room above the highest value. */
export function roundTop(highest: number, most: number): number {
  if (!(highest > 0)) return 1;
  const step = roundStep(highest * 1.05, most);
  return precise(Math.ceil((highest * 1.05) / step - 1e-9) * step);
}

function powersOfTen(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, position) => 10 ** (first + position));
}

/** Without the noise of binary fractions: 0.1 × 3 is 0.3. */
function precise(value: number): number {
  return Number(value.toPrecision(12));
}
