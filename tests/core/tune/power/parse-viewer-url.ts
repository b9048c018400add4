import type { ViewedSize, ViewedSweep } from '../../../../lib/core/tune/power/power-tuning-url.ts';

/** Reads an address as the viewer does: one sweep without a name, or two with theirs. Figures are 32-bit floats. */
export function parseViewerUrl(url: string): readonly ViewedSweep[] {
  const parts = new URL(url).hash.slice(1).split(';');
  if (parts.length === 3) return [{ name: '', sizes: sizesIn(parts) }];
  const [first = '', second = ''] = parts.slice(6).map(decodeURIComponent);
  return [
    { name: first, sizes: sizesIn(parts.slice(0, 3)) },
    { name: second, sizes: sizesIn(parts.slice(3, 6)) },
  ];
}

function sizesIn([sizes = '', durations = '', prices = '']: readonly string[]): ViewedSize[] {
  const [values, ms, usd] = [sizes, durations, prices].map((list) => Buffer.from(list, 'base64'));
  if (!values || !ms || !usd) throw new Error('the address has no three lists');
  return Array.from({ length: values.length / 2 }, (_, i) => ({
    value: values.readInt16LE(2 * i),
    averageDuration: ms.readFloatLE(4 * i),
    averagePrice: usd.readFloatLE(4 * i),
  }));
}
