import { mean, sum } from 'simple-statistics';
import type { PastRun } from './compared-run.ts';
import { bothTests, type EffectTest, groupsTest, tTest } from './effect-test.ts';
import { type MetricTest, untested } from './metric-test.ts';
import { newcombeTest, type Share } from './newcombe.ts';
import { noiseFloor, shortFloor } from './noise-floor.ts';
import { groupsDesign } from './run-design.ts';
import { modeOf, type Sides } from './sides.ts';

/** Degrees of freedom of a run's overdispersion: the batches of windows it is estimated from, minus one. */
const BATCH_DF = 9;

/**
 * Tests the success of B against A. Two tests must agree: Newcombe's on all orders, which accounts for how failures
 * cluster within the runs, and Student's t on the ratios of whole runs, which accounts for the noise from run to
 * run. A single pair without a history gets no verdict.
 */
export function successTest(sides: Sides): MetricTest {
  const mode = modeOf(sides);
  const floor = noiseFloor(sides.history, 'successRatio', sides.confirmed);
  const runsA = mode === 'candidate' ? (floor?.used ?? sides.history) : sides.a;
  const [shareA, shareB] = [shareOf(runsA), shareOf(sides.b)];
  const rate = (share: Share) => (share.trials === 0 ? null : share.hits / share.trials);
  const [rateA, rateB] = [rate(shareA), rate(shareB)];
  if (rateB === null || (rateA === null && mode !== 'candidate')) {
    return untested(rateA, rateB, 'too-few-orders');
  }
  const orders =
    rateA === null
      ? null
      : newcombeTest(shareA, shareB, BATCH_DF * (runsA.length + sides.b.length));
  if (mode === 'repeated') {
    const spread = floor && { sd: floor.sd, df: floor.runs - 1 };
    const runs = groupsTest(ratesOf(sides.a), ratesOf(sides.b), spread);
    const used = runs.noisierThanHistory ? null : floor;
    const test = bothTests(orders as EffectTest, runs.test);
    return {
      a: rateA,
      b: rateB,
      test,
      why: null,
      noisierThanHistory: false,
      design: groupsDesign(test, sides.a.length, sides.b.length, used),
      historyRuns: used?.runs ?? 0,
    };
  }
  const known = floor ?? shortFloor(sides.history, 'successRatio', sides.confirmed);
  if (known === null || orders === null) {
    const why = sides.history.length === 0 ? 'no-noise-floor' : 'short-history';
    return untested(rateA, rateB, why, orders);
  }
  const [countA, countB] = [sides.a.length, sides.b.length];
  // As for latencies, the runs of a candidate share the noise of their night.
  const byRuns =
    mode === 'candidate'
      ? tTest(orders.effect, known.nextNight.se, known.nextNight.df)
      : tTest(orders.effect, known.sd * Math.sqrt(1 / countA + 1 / countB), known.runs - 1);
  const test = bothTests(orders, byRuns);
  const design = mode === 'candidate' ? null : groupsDesign(test, countA, countB, known);
  if (floor === null) return untested(rateA, rateB, 'short-history', test, design);
  return {
    a: rateA,
    b: rateB,
    test,
    why: null,
    design,
    noisierThanHistory: false,
    historyRuns: floor.runs,
  };
}

function shareOf(runs: readonly PastRun[]): Share {
  const trials = sum(runs.map(({ success }) => success.offered));
  const failures = sum(runs.map(({ success }) => success.failures));
  return {
    hits: trials - failures,
    trials,
    overdispersion: runs.length === 0 ? 1 : mean(runs.map(({ success }) => success.overdispersion)),
  };
}

function ratesOf(runs: readonly PastRun[]): number[] {
  return runs.flatMap(({ success }) => success.ratio ?? []);
}
