/** How many digits beyond the usual ones are tried, so that a figure stays on its side of a limit. */
const MORE_DIGITS = [0, 1, 2, 3, 4, 5, 6];
const MOST_DIGITS = 12;

/** A ratio as a percentage, rounded to the nearest 0.01%. Only 0 is "0%" and only 1 is "100%": 0.99999 is ">99.99%". */
export function formatRatio(ratio: number): string {
  const percent = percentOf(ratio, 0);
  if (percent === 0 && ratio > 0) return '<0.01%';
  if (percent === 100 && ratio < 1) return '>99.99%';
  return `${percent}%`;
}

/**
 * A ratio beside its limit: as `formatRatio`, but with as many more digits as show on which side of the limit and of
 * 100% it lies. 0.98997 beside 0.99 is "98.997%".
 */
export function formatRatioAgainst(ratio: number, limit: number): string {
  const isKept = (shown: number) =>
    [limit, 1].every((end) => Math.sign(shown - end) === Math.sign(ratio - end));
  const digits =
    MORE_DIGITS.find((more) => isKept(Number(`${percentOf(ratio, more)}e-2`))) ?? MOST_DIGITS;
  return digits === 0 ? formatRatio(ratio) : `${percentOf(ratio, digits)}%`;
}

/** A duration in ms, or in s from a second on, rounded to the nearest with about three digits. */
export function formatMs(ms: number | null): string {
  return ms === null ? 'not known' : msText(ms, 0);
}

/**
 * A duration beside its limit: as `formatMs`, but with as many more digits as show on which side of the limit it
 * lies. 1000.4 ms beside a second is "1.0004 s".
 */
export function formatMsAgainst(ms: number | null, limitMs: number): string {
  if (ms === null) return formatMs(ms);
  const side = Math.sign(ms - limitMs);
  const isKept = (rounded: number) => Math.sign(rounded - limitMs) === side;
  return msText(ms, MORE_DIGITS.find((more) => isKept(roundedMs(ms, more))) ?? MOST_DIGITS);
}

/**
 * A length of time as people say it, in one or two units: "800 ms", "45 s", "5 min", "1 h 40 min", "69 h", "12 days".
 * Hours are whole from ten on, and days from a hundred hours on.
 */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 1) return `${Math.round(ms)} ms`;
  if (seconds < 59.95) return `${Number(seconds.toFixed(1))} s`;
  const wholeSeconds = Math.round(seconds);
  if (wholeSeconds < 600) return twoUnits(wholeSeconds, 60, 'min', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 600) return twoUnits(minutes, 60, 'h', 'min');
  const hours = Math.round(minutes / 60);
  return hours < 100 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

function twoUnits(amount: number, perLarge: number, large: string, small: string): string {
  const parts = [
    { value: Math.floor(amount / perLarge), unit: large },
    { value: amount % perLarge, unit: small },
  ];
  return parts
    .filter(({ value }) => value > 0)
    .map(({ value, unit }) => `${value} ${unit}`)
    .join(' ');
}

/** A sum in dollars, with more digits for small sums. */
export function formatUsd(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.0001) return 'less than $0.0001';
  return usd >= 1 ? `$${usd.toFixed(2)}` : `$${Number(usd.toPrecision(2))}`;
}

/** A cost that is compared with others, in dollars with three digits and at least two decimals: "$0.367", "$12.40". */
export function formatUnitCost(usd: number): string {
  if (usd >= 1000) return `$${groupDigits(usd)}`;
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  if (usd === 0) return '$0';
  const digits = String(Number(usd.toPrecision(3)));
  return `$${digits.length < 4 ? usd.toFixed(2) : digits}`;
}

/** An estimated sum: "about $0.0039", "less than $0.0001". */
export function formatAboutUsd(usd: number): string {
  const text = formatUsd(usd);
  return text.startsWith('$') ? `about ${text}` : text;
}

/** An arrival rate with three digits, and whole from 100 on: "94.2/s", "1,250/s". */
export function formatRate(perSecond: number): string {
  if (perSecond >= 100) return `${groupDigits(perSecond)}/s`;
  return `${Number(perSecond.toPrecision(3))}/s`;
}

/** A count with its noun: "1 order", "12,345 orders". */
export function formatCount(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Whole number with thousands separated by commas. */
export function groupDigits(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

function percentOf(ratio: number, moreDigits: number): number {
  return Number((ratio * 100).toFixed(2 + moreDigits));
}

function msText(ms: number, moreDigits: number): string {
  const rounded = roundedMs(ms, moreDigits);
  return rounded < 1000 ? `${rounded} ms` : `${significant(rounded / 1000)} s`;
}

/** Rounded to the digits that are shown: hundredths below 10, tenths below 100, then whole. */
function roundedMs(ms: number, moreDigits: number): number {
  const rounded = round(ms, digitsOf(ms) + moreDigits);
  return rounded < 1000
    ? rounded
    : significant(round(ms / 1000, digitsOf(ms / 1000) + moreDigits) * 1000);
}

const digitsOf = (value: number) => (value < 10 ? 2 : value < 100 ? 1 : 0);
const round = (value: number, digits: number) => Number(value.toFixed(digits));
/** Without the noise of binary fractions. */
const significant = (value: number) => Number(value.toPrecision(12));
