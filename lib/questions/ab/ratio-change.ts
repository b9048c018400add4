/** `+4.2%` for 1.042; without a sign where it rounds to nothing. */
export function ratioChange(ratio: number): string {
  const percent = (ratio - 1) * 100;
  const size = Math.abs(percent).toFixed(1);
  const sign = size === '0.0' ? '' : percent < 0 ? '−' : '+';
  return `${sign}${size}%`;
}
