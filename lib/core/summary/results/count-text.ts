import { formatCount, groupDigits } from '../../report/format-figure.ts';

/** How many of the runs a filter leaves. */
export function countText(shown: number, all: number): string {
  return shown === all
    ? formatCount(all, 'run')
    : `${groupDigits(shown)} of ${formatCount(all, 'run')}`;
}
