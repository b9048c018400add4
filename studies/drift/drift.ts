import { parseArgs } from 'node:util';
import type { DriftMeasure } from '../../lib/questions/soak/schema.ts';
import { driftOfSimulatedSoak } from './simulated-soak.ts';

const USAGE = `Counts how often the interval of the drift contains the truth, over simulated soaks whose windows vary
(first-order autoregression 0.6, standard deviation 5%), and the verdicts on them.
  --runs N     seeds for each drift (default 50)
  --hours N    length of each soak (default 4)
  --rate N     orders a second (default 2)`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    hours: { type: 'string', default: '4' },
    rate: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
});

const NAMES = ['p50', 'p95', 'p99'] as const;

if (values.help) console.log(USAGE);
else main();

function main(): void {
  const runs = Number(values.runs);
  const hours = Number(values.hours);
  const ratePerSecond = Number(values.rate);
  console.log(`${runs} soaks of ${hours} h at ${ratePerSecond}/s for each drift`);
  console.log('injected   measure  covered  flat  drifting  not determined  median half width');
  for (const driftPercentPerHour of [5, 0, -5]) {
    const drifts = Array.from({ length: runs }, (_, seed) =>
      driftOfSimulatedSoak({ seed: seed + 1, hours, ratePerSecond, driftPercentPerHour }),
    );
    for (const name of NAMES) {
      const measuresOfName = drifts.flatMap(({ measures }) =>
        measures.filter((measure) => measure.name === name),
      );
      console.log(row(driftPercentPerHour, name, measuresOfName));
    }
    const flat = drifts.map(({ measures }) => measures.find(({ name }) => name === 'success'));
    console.log(
      row(
        0,
        'success',
        flat.filter((measure) => measure !== undefined),
      ),
    );
  }
}

function row(truth: number, name: string, measures: readonly DriftMeasure[]): string {
  const covered = measures.filter(
    ({ interval }) => interval !== null && interval[0] <= truth && truth <= interval[1],
  ).length;
  const count = (status: DriftMeasure['status']) =>
    measures.filter((measure) => measure.status === status).length;
  const halves = measures
    .flatMap(({ interval }) => (interval === null ? [] : [(interval[1] - interval[0]) / 2]))
    .sort((a, b) => a - b);
  const half = halves[Math.floor(halves.length / 2)] ?? Number.NaN;
  return [
    `${truth}%/h`.padEnd(11),
    name.padEnd(9),
    `${covered}/${measures.length}`.padEnd(9),
    String(count('flat')).padEnd(6),
    String(count('drifting')).padEnd(10),
    String(count('notDetermined')).padEnd(16),
    half.toFixed(2),
  ].join('');
}
