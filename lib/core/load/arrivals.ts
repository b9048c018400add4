/** How the orders of a load are spaced. */
export type Arrivals = SpacedArrivals | RecordedArrivals;

/** Arrivals that are generated for the planned stages. */
export type SpacedArrivals =
  /** Evenly spaced. */
  | { readonly kind: 'even' }
  /** At random, as from many independent users. */
  | { readonly kind: 'poisson' }
  /** Gamma-distributed gaps. `cv` is their standard deviation / their mean: 1 equals poisson, 0 would be even. */
  | { readonly kind: 'cv'; readonly cv: number };

/** Arrivals at recorded times. */
export interface RecordedArrivals {
  readonly kind: 'recorded';
  /** Name of the file without its folder. */
  readonly file: string;
  /** Speed relative to the recording: 2 is twice as fast. */
  readonly speed: number;
  readonly orders: number;
  /** Most orders in any second of the replay. */
  readonly peakPerSecond: number;
  /** SHA-256 of the replayed times, to recognize runs of the same ones. */
  readonly sha256: string;
}

/** The choice of `--arrivals`, before a file is read. */
export type ArrivalsChoice =
  | SpacedArrivals
  | { readonly kind: 'file'; readonly path: string; readonly speed: number };

const LEAST_CV = 0.1;
const MOST_CV = 10;
const LEAST_SPEED = 0.001;
const MOST_SPEED = 1000;

export const ARRIVALS_ACCEPTED = `even, poisson, cv:NUMBER (${LEAST_CV} to ${MOST_CV}), or FILE or FILE@SPEED (${LEAST_SPEED} to ${MOST_SPEED})`;

/** The choice that a text names, or null. Any other word is taken as the name of a file. */
export function parseArrivals(text: string): ArrivalsChoice | null {
  if (text === 'even' || text === 'poisson') return { kind: text };
  const number = /^cv:(.*)$/.exec(text)?.[1];
  if (number !== undefined) {
    const cv = /^\d+(\.\d+)?$/.test(number) ? Number(number) : Number.NaN;
    return cv >= LEAST_CV && cv <= MOST_CV ? { kind: 'cv', cv } : null;
  }
  if (text === '' || text.includes('\0')) return null;
  const [, path = text, factor = '1'] = /^(.+)@(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const speed = Number(factor);
  return speed >= LEAST_SPEED && speed <= MOST_SPEED ? { kind: 'file', path, speed } : null;
}

/** In the notation of `--arrivals`, without the folder of a file. */
export function renderArrivals({ kind, cv, file, speed }: ArrivalsFacts): string {
  if (kind === 'cv') return `cv:${cv}`;
  if (kind !== 'recorded') return kind;
  return speed === 1 ? `${file}` : `${file}@${speed}`;
}

/** The arrivals as reports hold them, as one type for all kinds. */
interface ArrivalsFacts {
  readonly kind: Arrivals['kind'];
  readonly cv?: number | undefined;
  readonly file?: string | undefined;
  readonly speed?: number | undefined;
}

/** Standard deviation of the gaps / their mean; 0 if nothing is random. */
export function gapVariation(arrivals: Arrivals): number {
  if (arrivals.kind === 'cv') return arrivals.cv;
  return arrivals.kind === 'poisson' ? 1 : 0;
}
