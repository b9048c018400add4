/** A ratio as a percentage, rounded down so a missed limit never looks met: 0.98997 is "98.99%". */
export function formatRatio(ratio: number): string {
  if (ratio > 0 && ratio < 0.0001) return '<0.01%';
  return `${Math.floor(ratio * 1e4 + 1e-7) / 100}%`;
}

/** A duration in ms or s with about three digits, rounded up so a missed limit never looks met. */
export function formatMs(ms: number | null): string {
  if (ms === null) return 'not known';
  if (ms >= 10_000) return `${trim(ms / 1000, 1)} s`;
  return `${trim(ms, ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;
}

/** A sum in dollars, with more digits for small sums. */
export function formatUsd(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.0001) return 'less than $0.0001';
  return usd >= 1 ? `$${usd.toFixed(2)}` : `$${Number(usd.toPrecision(2))}`;
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

function trim(value: number, digits: number): string {
  const scale = 10 ** digits;
  return (Math.ceil(value * scale - 1e-9) / scale).toString();
}
