import { wilsonInterval } from '../../lib/core/statistics/wilson-interval.ts';
import { changePoints } from '../../lib/core/trend/changes/change-points.ts';
import { changesByNight, LOOKS_TO_CONFIRM } from '../../lib/core/trend/changes/changes-by-night.ts';
import { leastShift } from '../../lib/core/trend/trend-metric.ts';
import { type Random, seededRandom } from '../../order-api/lambda/random.ts';
import { NOISES, normalNoise } from './run-noise.ts';

/**
 * Measures how often changes are found where there are none, and where there is one, in 90 nights of known noise. Exit
 * code 1 if an end of a 95% interval is beyond its limit.
 *
 * `node --import tsx studies/trend/trend-validation.ts [series per cell] [seed]`
 */
const NIGHTS = 90;
const DAY_MS = 86_400_000;
const TOLERANCE = 5;
const LEAST = leastShift('p95');

interface Cell {
  readonly title: string;
  readonly cv: number;
  /** First night of the new level, or null for a series without a change. */
  readonly at: number | null;
  readonly step: number;
  /** Highest share of false alarms, or lowest share of changes found; null if the figure is only printed. */
  readonly limits: Readonly<Record<keyof typeof NOISES, number>> | null;
}

const CELLS: readonly Cell[] = [
  {
    title: 'false alarms',
    cv: 0.03,
    at: null,
    step: 0,
    limits: { gauss: 0.05, t3: 0.05, outliers: 0.05, 'AR(0.3)': 0.05 },
  },
  {
    title: '+5% at 60',
    cv: 0.03,
    at: 60,
    step: 0.05,
    limits: { gauss: 0.9, t3: 0.9, outliers: 0.8, 'AR(0.3)': 0.8 },
  },
  { title: '+10% at 84', cv: 0.03, at: 84, step: 0.1, limits: null },
  { title: 'false alarms, CV 10%', cv: 0.1, at: null, step: 0, limits: null },
];

/** Results of a look after every night. For autocorrelated nights more than 5% are confirmed; this is only printed. */
const LOOKED: readonly (Omit<Cell, 'limits'> & {
  readonly limits: Partial<Record<keyof typeof NOISES, number>>;
})[] = [
  {
    title: 'false',
    cv: 0.03,
    at: null,
    step: 0,
    limits: { gauss: 0.05, t3: 0.05, outliers: 0.08 },
  },
  {
    title: '+5% at 60',
    cv: 0.03,
    at: 60,
    step: 0.05,
    limits: { gauss: 0.9, t3: 0.9, outliers: 0.8, 'AR(0.3)': 0.8 },
  },
];

type Level = Pick<Cell, 'cv' | 'at' | 'step'>;

/** Number of series in which the change was found, or any change if there is none. */
export function foundIn(
  cell: Level,
  noise: keyof typeof NOISES,
  series: number,
  seed: number,
): number {
  return countFound(series, seed, (random) => {
    const values = Array.from(
      NOISES[noise](random, NIGHTS),
      (value, night) => cell.cv * value + movedAt(cell, night),
    );
    return changePoints(values, LEAST).some(({ at }) => isWanted(cell, at));
  });
}

/**
 * Number of series in which a look after every night confirmed the change, or any change if there is none.
 *
 * @param least number of nights in a row in which it must be found.
 */
export function confirmedByLooking(
  cell: Level,
  noise: keyof typeof NOISES,
  least: number,
  series: number,
  seed: number,
): number {
  return countFound(series, seed, (random) => {
    const runs = Array.from(NOISES[noise](random, NIGHTS), (value, night) => ({
      level: cell.cv * value + movedAt(cell, night),
      startedAtMs: night * DAY_MS,
    }));
    return runs.some((_, night) =>
      changesByNight(runs.slice(0, night + 1), LEAST, null).some(
        ({ looks, at }) => looks >= least && isWanted(cell, at),
      ),
    );
  });
}

const RUNS_A_NIGHT = 3;
const RUN_CV = 0.01;

/** Like `foundIn`, for nights of three runs that differ by 1% and share the noise of the night. */
export function foundInNights(cell: Level, series: number, seed: number): number {
  return countFound(series, seed, (random) => {
    const ofNights = normalNoise(random, NIGHTS);
    const ofRuns = normalNoise(random, NIGHTS * RUNS_A_NIGHT);
    const runs = Array.from(ofRuns, (value, run) => {
      const night = Math.floor(run / RUNS_A_NIGHT);
      const level = cell.cv * (ofNights[night] as number) + RUN_CV * value + movedAt(cell, night);
      return { level, startedAtMs: night * DAY_MS + (run % RUNS_A_NIGHT) * 60_000 };
    });
    return changesByNight(runs, LEAST, null).some(({ at }) => isWanted(cell, at / RUNS_A_NIGHT));
  });
}

function countFound(series: number, seed: number, isFound: (random: Random) => boolean): number {
  const random = seededRandom(seed);
  let count = 0;
  for (let i = 0; i < series; i += 1) {
    if (isFound(random)) count += 1;
  }
  return count;
}

function movedAt({ at, step }: Level, night: number): number {
  return at !== null && night >= at ? Math.log(1 + step) : 0;
}

function isWanted({ at }: Level, night: number): boolean {
  return at === null || Math.abs(night - at) <= TOLERANCE;
}

function validate(series: number, seed: number): boolean {
  let holds = true;
  const percent = (share: number) => (100 * share).toFixed(1);
  /** @param limit highest share if nothing changed, else the lowest; undefined if the figure is only printed. */
  const tell = (
    title: string,
    noise: string,
    [found, of]: readonly [number, number],
    limit: number | undefined,
    isMost: boolean,
  ) => {
    const [low, high] = wilsonInterval(found, of) as readonly [number, number];
    const ok = limit === undefined || (isMost ? high <= limit : low >= limit);
    holds &&= ok;
    const against =
      limit === undefined
        ? ''
        : `  ${isMost ? '≤' : '≥'} ${percent(limit)} ${ok ? 'holds' : 'MISSED'}`;
    console.log(
      `${title.padEnd(28)} ${noise.padEnd(9)} ${percent(found / of).padStart(5)}% [${percent(low)}, ${percent(high)}]${against}`,
    );
  };
  console.log(`${series} series a cell, seed ${seed}; CV 3% unless said; 95% intervals`);
  for (const cell of CELLS) {
    for (const noise of Object.keys(NOISES) as (keyof typeof NOISES)[]) {
      const found = foundIn(cell, noise, series, seed);
      tell(cell.title, noise, [found, series], cell.limits?.[noise], cell.at === null);
    }
  }
  for (const cell of CELLS.filter(({ limits }) => limits !== null)) {
    const found = foundInNights(cell, series, seed);
    const name = `${cell.title}, 3 runs a night`;
    tell(name, 'gauss', [found, series], cell.limits?.gauss, cell.at === null);
  }
  const lookedSeries = Math.ceil(series / 5);
  for (const noise of Object.keys(NOISES) as (keyof typeof NOISES)[]) {
    for (const cell of LOOKED) {
      for (const least of [1, LOOKS_TO_CONFIRM]) {
        const found = confirmedByLooking(cell, noise, least, lookedSeries, seed);
        const limit = least === 1 ? undefined : cell.limits[noise];
        const name = `${cell.title}, ${NIGHTS} looks, ${least}x`;
        tell(name, noise, [found, lookedSeries], limit, cell.at === null);
      }
    }
  }
  return holds;
}

if (process.argv[1] === import.meta.filename) {
  const [series = '5000', seed = '2'] = process.argv.slice(2);
  if (!validate(Number(series), Number(seed))) process.exitCode = 1;
}
