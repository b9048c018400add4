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

/**
 * The sweeps in an address of the viewer: one without a name, or two with theirs. Figures come back as 32-bit floats.
 * Null if it is not such an address.
 */
export function parsePowerTuningUrl(url: string): readonly ViewedSweep[] | null {
  const parts = url.slice(url.indexOf('#') + 1).split(';');
  if (!url.includes('#') || (parts.length !== 3 && parts.length !== 8)) return null;
  try {
    const first = decodeSizes(parts.slice(0, 3));
    if (first === null) return null;
    if (parts.length === 3) return [{ name: '', sizes: first }];
    const second = decodeSizes(parts.slice(3, 6));
    if (second === null) return null;
    const [firstName = '', secondName = ''] = parts.slice(6).map(decodeURIComponent);
    return [
      { name: firstName, sizes: first },
      { name: secondName, sizes: second },
    ];
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
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

function decodeSizes(parts: readonly string[]): ViewedSize[] | null {
  const [sizes, durations, prices] = parts.map(fromBase64);
  if (!sizes || !durations || !prices) return null;
  const count = sizes.byteLength / 2;
  if (!Number.isInteger(count) || count === 0) return null;
  if (durations.byteLength !== 4 * count || prices.byteLength !== 4 * count) return null;
  return Array.from({ length: count }, (_, i) => ({
    value: sizes.getInt16(2 * i, true),
    averageDuration: durations.getFloat32(4 * i, true),
    averagePrice: prices.getFloat32(4 * i, true),
  }));
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

function fromBase64(text: string): DataView | null {
  const digits = text.replace(/=+$/, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*$/.test(digits)) return null;
  const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
  let bits = 0;
  for (let i = 0, at = 0; i < digits.length; i += 1) {
    bits = ((bits << 6) | DIGITS.indexOf(digits.charAt(i))) & 0xffffff;
    if (i % 4 !== 0) bytes[at++] = (bits >> (6 - 2 * (i % 4))) & 255;
  }
  return new DataView(bytes.buffer);
}
