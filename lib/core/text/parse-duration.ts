const UNIT_MS = [86_400_000, 3_600_000, 60_000, 1000, 1] as const;
const DURATION =
  /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/;

/**
 * Milliseconds of a duration in k6's notation: `1m30s`, `45s`, `500ms`, `1.5h`. A number without a unit
 * is not accepted, because k6 would read it as milliseconds and most people as seconds. Null if the
 * text is not a duration.
 */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (text === '' || !match) return null;
  let ms = 0;
  UNIT_MS.forEach((unit, i) => {
    const amount = match[i + 1];
    if (amount !== undefined) ms += Number(amount) * unit;
  });
  return ms;
}

/** The shortest spelling of a duration: `45s`, `1m30s`, `500ms`. */
export function renderDuration(ms: number): string {
  let rest = Math.round(ms);
  let text = '';
  for (const [unit, name] of [
    [3_600_000, 'h'],
    [60_000, 'm'],
    [1000, 's'],
    [1, 'ms'],
  ] as const) {
    const amount = Math.floor(rest / unit);
    if (amount > 0) text += `${amount}${name}`;
    rest -= amount * unit;
  }
  return text === '' ? '0s' : text;
}
