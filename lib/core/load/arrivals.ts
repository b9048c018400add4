/** How the orders of a load follow each other. */
export type Arrivals = SpacedArrivals | RecordedArrivals;

/** Arrivals that are drawn for the planned stages. */
export type SpacedArrivals =
  /** At even distances. */
  | { readonly kind: 'even' }
  /** At random, as many users make them who know nothing of each other. */
  | { readonly kind: 'poisson' }
  /** Gamma-distributed gaps. `cv` is their standard deviation over their mean: 1 is as poisson, 0 would be even. */
  | { readonly kind: 'cv'; readonly cv: number };

/** Arrivals at recorded times. */
export interface RecordedArrivals {
  readonly kind: 'recorded';
  /** Name of the file without its folder. */
  readonly file: string;
  /** 2 is twice as fast as it was recorded. */
  readonly speed: number;
  readonly orders: number;
  /** Most orders in any second of the replay. */
  readonly peakPerSecond: number;
  /** Of the times that are replayed, so that two runs can be told to be of the same ones. */
  readonly sha256: string;
}

/** What `--arrivals` says; a file is not read yet. */
export type ArrivalsChoice =
  | SpacedArrivals
  | { readonly kind: 'file'; readonly path: string; readonly speed: number };

const LEAST_CV = 0.1;
const MOST_CV = 10;
const LEAST_SPEED = 0.001;
const MOST_SPEED = 1000;

export const ARRIVALS_ACCEPTED = `even, poisson, cv:NUMBER (${LEAST_CV} to ${MOST_CV}), or FILE or FILE@SPEED (${LEAST_SPEED} to ${MOST_SPEED})`;

/** Null for what is none of them. Any other word is taken for the name of a file. */
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

/** As `--arrivals` would take it, but for the folder of a file. */
export function renderArrivals({ kind, cv, file, speed }: ArrivalsFacts): string {
  if (kind === 'cv') return `cv:${cv}`;
  if (kind !== 'recorded') return kind;
  return speed === 1 ? `${file}` : `${file}@${speed}`;
}

/** The same without telling the kinds apart, as reports hold it. */
interface ArrivalsFacts {
  readonly kind: Arrivals['kind'];
  readonly cv?: number | undefined;
  readonly file?: string | undefined;
  readonly speed?: number | undefined;
}

/** Standard deviation of the gaps over their mean; 0 where nothing is drawn. */
export function gapVariation(arrivals: Arrivals): number {
  if (arrivals.kind === 'cv') return arrivals.cv;
  return arrivals.kind === 'poisson' ? 1 : 0;
}
