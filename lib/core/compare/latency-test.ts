import { mean } from 'simple-statistics';
import type { LatencyMetric } from '../history/latency-metric.ts';
import type { ComparedRun } from './compared-run.ts';
import { groupsTest, tTest } from './effect-test.ts';
import { type MetricTest, untested } from './metric-test.ts';
import { type NoiseFloor, noiseFloor, shortFloor } from './noise-floor.ts';
import { groupsDesign } from './run-design.ts';
import { modeOf, type Sides } from './sides.ts';

/**
 * Tests a latency of B against A, from the levels of whole runs. The noise from run to run comes from the
 * history, from repeated runs, or from both; the noise within a run is only a lower bound of it. A single pair
 * without a history gets no verdict.
 */
export function latencyTest(metric: LatencyMetric, sides: Sides): MetricTest {
  const mode = modeOf(sides);
  const a = levelsOf(sides.a, metric);
  const b = levelsOf(sides.b, metric);
  const floor = noiseFloor(sides.history, metric, sides.confirmed);
  const meanA = mode === 'candidate' ? (floor?.mean ?? null) : meanOf(a);
  const meanB = meanOf(b);
  const missing = a.length < sides.a.length || b.length < sides.b.length;
  if (missing || meanB === null) return untested(meanA, meanB, 'too-few-orders');

  if (mode === 'repeated') {
    const spread = floor && { sd: floor.sd, df: floor.runs - 1 };
    const { test, noisierThanHistory } = groupsTest(a, b, spread);
    const used = noisierThanHistory ? null : floor;
    const design = groupsDesign(test, a.length, b.length, used);
    return {
      a: meanA,
      b: meanB,
      test,
      why: null,
      design,
      noisierThanHistory,
      historyRuns: used?.runs ?? 0,
    };
  }

  const within = withinOf([...sides.a, ...sides.b], metric);
  const runs = [a.length, b.length] as const;
  if (floor !== null && meanA !== null) {
    const tested = singleTest({ meanA, meanB, floor, within: within?.se ?? 0, runs });
    if (within !== null) return tested;
    return untested(meanA, meanB, 'too-few-windows', tested.test, tested.design);
  }
  if (sides.history.length > 0) return shortTest(metric, sides, { meanA, meanB, within, runs });
  const shown =
    meanA === null || within === null
      ? null
      : tTest(meanB - meanA, within.se * perRun(a.length, b.length), 2 * within.df);
  return untested(meanA, meanB, 'no-noise-floor', shown);
}

interface ShortInput extends Pick<SingleInput, 'meanB' | 'runs'> {
  readonly meanA: number | null;
  readonly within: { readonly se: number } | null;
}

/** A history too short for a verdict still gives an estimate of the noise, and so of what would settle it. */
function shortTest(
  metric: LatencyMetric,
  { history, confirmed }: Sides,
  { meanA, meanB, within, runs }: ShortInput,
): MetricTest {
  const floor = shortFloor(history, metric, confirmed);
  if (floor === null) return untested(meanA, meanB, 'short-history');
  const shownA = meanA ?? floor.mean;
  const { test, design } = singleTest({
    meanA: shownA,
    meanB,
    floor,
    within: within?.se ?? 0,
    runs,
  });
  return untested(shownA, meanB, 'short-history', test, design);
}

interface SingleInput {
  readonly meanA: number;
  readonly meanB: number;
  readonly floor: NoiseFloor;
  readonly within: number;
  /** Number of runs of A (0 if B is compared with the history) and of B. */
  readonly runs: readonly [a: number, b: number];
}

/** For too few runs to show their own spread: that of the history, or that within the runs if it is larger. */
function singleTest({ meanA, meanB, floor, within, runs: [a, b] }: SingleInput): MetricTest {
  const sd = Math.max(floor.sd, within);
  const test =
    a === 0
      ? candidateTest(meanB - meanA, floor, within)
      : tTest(meanB - meanA, sd * perRun(a, b), floor.runs - 1);
  return {
    a: meanA,
    b: meanB,
    test,
    why: null,
    noisierThanHistory: false,
    design: a === 0 ? null : groupsDesign(test, a, b, floor),
    historyRuns: floor.runs,
  };
}

/**
 * The runs of a candidate share the noise of their night, so their mean is as uncertain as a single run: more of
 * them do not make the interval narrower.
 */
function candidateTest(effect: number, { nextNight, runs }: NoiseFloor, within: number) {
  return tTest(effect, Math.max(nextNight.se, within * perRun(runs, 1)), nextNight.df);
}

const perRun = (a: number, b: number) => Math.sqrt(1 / a + 1 / b);

function levelsOf(runs: readonly ComparedRun[], metric: LatencyMetric): number[] {
  return runs.flatMap((run) => run.levels[metric] ?? []);
}

function meanOf(levels: readonly number[]): number | null {
  return levels.length === 0 ? null : mean([...levels]);
}

/** The noise within one run, as the root mean square over the runs. */
function withinOf(
  runs: readonly ComparedRun[],
  metric: LatencyMetric,
): { readonly se: number; readonly df: number } | null {
  const known = runs.flatMap(({ within }) => within ?? []);
  if (known.length < runs.length || known.length === 0) return null;
  return {
    se: Math.sqrt(mean(known.map(({ se }) => se[metric] ** 2))),
    df: Math.min(...known.map(({ df }) => df)),
  };
}
