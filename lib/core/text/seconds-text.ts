/**
 * A point of time after a start, exact to 0.1 s below a minute and to 1 s above: "3.5 s", "1 min 30 s", "2 h 30 s". Lengths
 * of time are rounded by `formatDuration` instead.
 */
export function secondsText(seconds: number): string {
  const tenths = Math.round(seconds * 10) / 10;
  if (tenths < 60) return `${tenths} s`;
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** A span of time: "5 to 6 s", "55 s to 1 min 5 s". */
export function spanText(fromSeconds: number, toSeconds: number): string {
  const [from, to] = [secondsText(fromSeconds), secondsText(toSeconds)];
  const isShort = from.endsWith(' s') && to.endsWith(' s') && toSeconds < 60;
  return `${isShort ? from.slice(0, -2) : from} to ${to}`;
}
