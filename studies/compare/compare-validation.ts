import { parseArgs } from 'node:util';
import { wilsonInterval } from '../../lib/core/statistics/wilson-interval.ts';
import {
  duetCell,
  MODES,
  nightCell,
  runCell,
  successCell,
  type Verdicts,
} from './compare-cells.ts';

const USAGE = `Counts how often compare is wrong on simulated runs: 60 windows of 1 s at 100/s, latency with a
log standard deviation of 0.5, windows that follow each other (AR 0.6, 5%), 0.5% bursty failures.
A comparison is flagged by its overall verdict on p50, p95, p99 and the success rate together.
  --repeats N   simulated comparisons in each cell (default 2000)
  --seed N      (default 1)
  --only NAME   one of false-alarms, power, nights, duet, success (default all)`;

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const CVS = [0, 0.02, 0.03, 0.05];
const repeats = Number(values.repeats);
const seed = Number(values.seed);
const broken: string[] = [];

if (values.help) console.log(USAGE);
else main();

function main(): void {
  const wanted = (name: string) => values.only === undefined || values.only === name;
  console.log(`${repeats} comparisons a cell, seed ${seed}; share flagged [95% interval]`);
  if (wanted('false-alarms')) falseAlarms();
  if (wanted('power')) power();
  if (wanted('nights')) nights();
  if (wanted('duet')) duets();
  if (wanted('success')) success();
  if (broken.length === 0) return;
  console.error(`\nLimits missed:\n  ${broken.join('\n  ')}`);
  process.exitCode = 1;
}

function falseAlarms(): void {
  console.log('\nNothing changed: regress or improve, at a run-to-run CV of 0, 2, 3, 5%');
  const cells = CVS.map((runCv) => runCell({ seed, repeats, shape: { runCv } }));
  for (const mode of MODES) {
    const most = mode === 'pair without history' ? 0.002 : 0.06;
    const shown = cells.map((cell, i) =>
      atMost(`A/A, ${mode}, CV ${CVS[i]}`, flagged(cell[mode]), most),
    );
    console.log(`${mode.padEnd(28)}${shown.join('')}`);
  }
}

function power(): void {
  for (const slower of [0.05, 0.1]) {
    console.log(`\nB ${slower * 100}% slower: regress, at a run-to-run CV of 2, 3, 5%`);
    const cvs = CVS.slice(1);
    const cells = cvs.map((runCv) =>
      runCell({ seed: seed + 1, repeats, slower, shape: { runCv } }),
    );
    for (const mode of MODES) {
      const shown = cells.map((cell, i) => {
        const isPromised = slower === 0.1 && cvs[i] === 0.03 && mode === '5 v 5, history of 20';
        return atLeast(`power, ${mode}`, cell[mode].regress, isPromised ? 0.95 : 0);
      });
      console.log(`${mode.padEnd(28)}${shown.join('')}`);
    }
  }
}

function nights(): void {
  console.log(
    '\nThree runs a night that share what moves it (CV 1% from run to run): flagged when nothing changed; found at +10%',
  );
  for (const count of [8, 10]) {
    for (const nightCv of [0.02, 0.03]) {
      const shape = { runCv: 0.01, nightCv };
      const options = { seed: seed + 4, repeats, nights: count, runsANight: 3, shape };
      const name = `${count} nights, CV ${nightCv * 100}%`;
      const none = atMost(`A/A, ${name}`, flagged(nightCell(options)), 0.06);
      const regressions = nightCell({ ...options, slower: 0.1 }).regress;
      console.log(`${name.padEnd(28)}${none}${share(regressions)}`);
    }
  }
}

function duets(): void {
  console.log('\nDuet of 5 rounds, CV 3%: flagged when nothing changed; found at +5% and +10%');
  for (const residual of [0.01, 0.02]) {
    const options = { seed: seed + 2, repeats, rounds: 5, residual };
    const name = `residual noise ${residual * 100}%`;
    const none = atMost(`A/A, duet, ${name}`, flagged(duetCell(options)), 0.06);
    const five = duetCell({ ...options, slower: 0.05 }).regress;
    const ten = duetCell({ ...options, slower: 0.1 }).regress;
    const found = atLeast(`power, duet, ${name}`, five, residual === 0.01 ? 0.8 : 0);
    console.log(`${name.padEnd(28)}${none}${found}${atLeast('', ten, 0)}`);
  }
}

function success(): void {
  console.log('\nSuccess rate, both sides alike, failures in bursts: the interval alone; as gated');
  for (const burstSd of [0.7, 1.2]) {
    for (const failureRatio of [0.005, 0.02]) {
      const found = successCell({ seed: seed + 3, repeats, shape: { failureRatio, burstSd } });
      const name = `${failureRatio * 100}% fail, log-sd ${burstSd}`;
      const alone = share(found.interval);
      console.log(`${name.padEnd(28)}${alone}${atMost(`success, ${name}`, found.gated, 0.08)}`);
    }
  }
}

function flagged({ regress, improve }: Verdicts): number {
  return regress + improve;
}

/** The upper end of the interval must not be above the limit. */
function atMost(name: string, count: number, most: number): string {
  if (highEnd(count) > most) broken.push(`${name}: ${share(count).trim()} is above ${most * 100}%`);
  return share(count);
}

/** The lower end of the interval must not be below the limit. */
function atLeast(name: string, count: number, least: number): string {
  const [low] = wilsonInterval(count, repeats) ?? [0, 1];
  if (low < least) broken.push(`${name}: ${share(count).trim()} is below ${least * 100}%`);
  return share(count);
}

function highEnd(count: number): number {
  return (wilsonInterval(count, repeats) ?? [0, 1])[1];
}

function share(count: number): string {
  const percent = (value: number) => (value * 100).toFixed(1);
  const [low, high] = wilsonInterval(count, repeats) ?? [0, 1];
  return `${percent(count / repeats)} [${percent(low)}–${percent(high)}]`.padEnd(20);
}
