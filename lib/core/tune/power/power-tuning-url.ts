/**
 * Addresses of the viewer of aws-lambda-power-tuning. The part after `#` holds the figures, and never reaches a
 * server: three lists in base64, little-endian, sorted by memory (16-bit integers of MB; 32-bit floats of ms and of the
 * price of an invocation). A comparison has two such triples and two names.
 * Source: https://github.com/matteo-ronchetti/aws-lambda-power-tuning-ui.
 */
const VIEWER = 'https://lambda-power-tuning.show/';

/** What the viewer shows of one size. Names as in the output of aws-lambda-power-tuning. */
export interface ViewedSize {
  readonly value: number;
  readonly averageDuration: number;
  readonly averagePrice: number;
}

export interface ViewedSweep {
  readonly name: string;
  readonly sizes: readonly ViewedSize[];
}

/** The address of one sweep. The viewer shows yuan for regions of China. */
export function powerTuningUrl(sizes: readonly ViewedSize[], region: string | null): string {
  return `${viewerFor(region)}#${encodeSizes(sizes)}`;
}

/** The address of two sweeps beside each other. */
export function powerTuningComparisonUrl(
  first: ViewedSweep,
  second: ViewedSweep,
  region: string | null,
): string {
  const parts = [
    encodeSizes(first.sizes),
    encodeSizes(second.sizes),
    encodeURIComponent(first.name),
    encodeURIComponent(second.name),
  ];
  return `${viewerFor(region)}#${parts.join(';')}`;
}

function viewerFor(region: string | null): string {
  return region?.startsWith('cn-') ? `${VIEWER}?currency=CNY` : VIEWER;
}

function encodeSizes(sizes: readonly ViewedSize[]): string {
  const sorted = sizes.toSorted((a, b) => a.value - b.value);
  const list = (width: number, write: (view: DataView, at: number, size: ViewedSize) => void) => {
    const view = new DataView(new ArrayBuffer(width * sorted.length));
    sorted.forEach((size, i) => {
      write(view, i * width, size);
    });
    return toBase64(new Uint8Array(view.buffer));
  };
  return [
    list(2, (view, at, { value }) => view.setInt16(at, value, true)),
    list(4, (view, at, { averageDuration }) => view.setFloat32(at, averageDuration, true)),
    list(4, (view, at, { averagePrice }) => view.setFloat32(at, averagePrice, true)),
  ].join(';');
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const given = Math.min(3, bytes.length - i);
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let digit = 0; digit < 4; digit += 1) {
      text += digit <= given ? DIGITS.charAt((bits >> (18 - 6 * digit)) & 63) : '=';
    }
  }
  return text;
}
