import { MIXES, NOISES, type Outcomes, powerOutcomes, type Tally } from './power-outcomes.ts';

/**
 * Measures how often a power sweep finds the true best size, and how often its intervals cover the truth, in simulated
 * sweeps of six sizes on the model of Lambda. Exit code 1 if a promise is broken; nothing is promised for rough noise, nor
 * for the intervals of p95.
 *
 * `node --import tsx studies/tune/power-validation.ts [sweeps per cell] [rounds] [calls per round] [seed] [mix]`
 */
const LEAST = { best: 0.95, covered: 0.93, alike: 0.95 };

function validate(
  sweeps: number,
  rounds: number,
  calls: number,
  seed: number,
  only: string,
): boolean {
  let holds = true;
  console.log(`${sweeps} sweeps a line, ${rounds} rounds of ${calls} calls, seed ${seed}`);
  console.log(row('noise', 'mix', ...COLUMNS.map(({ title }) => title)));
  let line = 0;
  for (const noise of Object.values(NOISES)) {
    for (const mix of MIXES) {
      line += 1;
      if (!mix.name.startsWith(only)) continue;
      const outcomes = powerOutcomes(mix, noise, { rounds, calls }, sweeps, 1000 * seed + line);
      const cells = COLUMNS.map(({ of, least }) => {
        const { held, of: all } = of(outcomes);
        if (all === 0) return '–';
        const isMissed = least !== null && noise !== NOISES.rough && held < least * all;
        holds &&= !isMissed;
        return `${((100 * held) / all).toFixed(1)}%${isMissed ? ' !' : ''}`;
      });
      console.log(row(noise.name, mix.name.split(':')[0] as string, ...cells));
    }
  }
  return holds;
}

const COLUMNS: readonly {
  readonly title: string;
  readonly of: (outcomes: Outcomes) => Tally;
  /** Null if the share is only printed. */
  readonly least: number | null;
}[] = [
  { title: 'cost', of: ({ best }) => best.cost, least: LEAST.best },
  { title: 'speed', of: ({ best }) => best.speed, least: LEAST.best },
  { title: 'balanced', of: ({ best }) => best.balanced, least: LEAST.best },
  { title: 'SLO', of: ({ best }) => best.slo, least: LEAST.best },
  { title: 'duration', of: ({ covered }) => covered.duration, least: LEAST.covered },
  { title: 'cost', of: ({ covered }) => covered.cost, least: LEAST.covered },
  { title: 'p95', of: ({ covered }) => covered.p95, least: null },
  { title: 'ratio', of: ({ covered }) => covered.ratio, least: LEAST.covered },
  { title: 'alike', of: ({ alike }) => alike, least: LEAST.alike },
  { title: 'same', of: ({ same }) => same, least: null },
];

function row(noise: string, mix: string, ...cells: readonly string[]): string {
  return [noise.padEnd(6), mix.padEnd(14), ...cells.map((cell) => cell.padStart(9))].join(' ');
}

const [sweeps = '400', rounds = '4', calls = '250', seed = '1', only = ''] = process.argv.slice(2);
if (!validate(Number(sweeps), Number(rounds), Number(calls), Number(seed), only))
  process.exitCode = 1;
