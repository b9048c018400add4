/** A limit of a duration, never rounded: "1 s", "1.5 s", "50 ms". */
export function formatMsLimit(limitMs: number): string {
  return limitMs < 1000 ? `${exact(limitMs)} ms` : `${exact(limitMs / 1000)} s`;
}

/** A limit of a ratio as a percentage, never rounded: "99%", "99.995%". */
export function formatRatioLimit(limit: number): string {
  return `${exact(limit * 100)}%`;
}

/** Without the noise of binary fractions. */
function exact(value: number): number {
  return Number(value.toFixed(6));
}
