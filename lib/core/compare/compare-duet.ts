import { mean, sampleStandardDeviation, sum } from 'simple-statistics';
import type { AbAnswers } from '../../questions/ab/schema.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { quantile } from '../histogram/quantile.ts';
import { LATENCY_METRICS, type LatencyMetric, QUANTILES } from '../history/latency-metric.ts';
import { groupDigits } from '../report/format-figure.ts';
import { overdispersion, type Trials } from '../report/overdispersion.ts';
import { judgedLatency } from '../report/thresholds.ts';
import { type Blocker, blockersOf, differs, droppedRatio } from './comparability.ts';
import {
  type CompareSettings,
  DEFAULT_SETTINGS,
  LEAST_ROUNDS,
  leastOrders,
  MAX_RATE_DIFFERENCE,
} from './compare-settings.ts';
import type {
  Comparison,
  ComparisonCheck,
  ComparisonSide,
  MetricComparison,
} from './comparison.ts';
import { tTest } from './effect-test.ts';
import { judgeMetrics, type NamedTest } from './judge-metrics.ts';
import { droppedText } from './load-checks.ts';
import { type MetricTest, untested } from './metric-test.ts';
import { newcombeTest, type Share } from './newcombe.ts';
import { asSentence, duetSteps, stepText } from './next-steps.ts';
import { reasonsOf } from './reasons.ts';
import type { Design } from './smallest-effect.ts';
import { verdictOfMetrics } from './verdict-of-metrics.ts';

type Arm = AbAnswers['arms']['a'];
type Block = Arm['blocks'][number];

/** A note about the bias that no number of rounds can reveal. */
const DEPLOYMENT_BIAS =
  'The intervals include the noise between rounds. They do not include a bias that one deployment has in every round (another host, older connections, a fuller table), and no number of rounds averages it out.';

/**
 * Compares the arms of one ab run. The two blocks of a round run under nearly the same conditions, so each round
 * gives one log-ratio, judged by Student's t over the rounds. Fewer than five rounds give no verdict.
 * @throws RangeError for a report of another scenario.
 */
export function compareDuet(
  report: AnsweredReport,
  settings: CompareSettings = DEFAULT_SETTINGS,
): Comparison {
  const { ab } = report.answers;
  if (ab === undefined) throw new RangeError('the report has no arms to compare');
  const { a, b } = ab.arms;
  const timeoutMs = report.load.requestTimeoutMs;
  const rate = rateCheck(a, b);
  const dropped = droppedCheck(a, b, settings.maxDroppedRatio);
  const blockers = duetBlockers(report, { a, b, rate, dropped }, settings);
  const levels = {
    p50: blockLevels('p50', a, b, timeoutMs),
    p95: blockLevels('p95', a, b, timeoutMs),
    p99: blockLevels('p99', a, b, timeoutMs),
  };
  const metrics =
    blockers.length > 0 ? [] : compareDuetRounds(levels, failuresOf(a), failuresOf(b), settings);
  const verdict = blockers.length > 0 ? 'incomparable' : verdictOfMetrics(metrics);
  const rounds = Math.min(a.blocks.length, b.blocks.length);
  const amount = { mode: 'duet', runsA: 1, runsB: 1, pastRuns: 0, rounds } as const;
  const incomparable = blockers.map(({ sentence }) => sentence);
  const reasons =
    blockers.length > 0
      ? incomparable.map(asSentence)
      : reasonsOf(verdict, metrics, amount, settings);
  const next = duetSteps({ report, verdict, blockers, metrics });
  return {
    comparisonVersion: '1.0',
    verdict,
    headline: reasons[0] ?? '',
    reasons,
    mode: 'duet',
    scenario: report.run.scenario,
    profile: report.run.profile,
    a: sideOf('A', a, report),
    b: sideOf('B', b, report),
    incomparable,
    metrics,
    checks: [rate, dropped],
    notes: blockers.length > 0 ? [] : [DEPLOYMENT_BIAS],
    next,
    advice: next.map(stepText),
    historyRuns: 0,
    settings,
  };
}

interface ArmChecks {
  readonly a: Arm;
  readonly b: Arm;
  readonly rate: ComparisonCheck;
  readonly dropped: ComparisonCheck;
}

/** Orders that were dropped are named once: by arm, and not as a rate or as those of the whole run again. */
function duetBlockers(
  report: AnsweredReport,
  { a, b, rate, dropped }: ArmChecks,
  { maxDroppedRatio }: CompareSettings,
): Blocker[] {
  const most = dropped.ok ? maxDroppedRatio : Math.max(maxDroppedRatio, droppedRatio(report));
  const [platformA, platformB] = [a.target.platform, b.target.platform];
  return [
    ...blockersOf([{ side: 'A and B', report }], most),
    ...(platformA === platformB
      ? []
      : [{ kind: 'target' as const, sentence: differs('kind of target', platformA, platformB) }]),
    ...(dropped.ok ? [rate] : [dropped])
      .filter(({ ok }) => !ok)
      .map(({ sentence }) => ({ kind: 'run' as const, sentence })),
  ];
}

/** Judges every metric of a duet, from its levels by round and its failures by block. */
export function compareDuetRounds(
  levels: Readonly<Record<LatencyMetric, RoundLevels>>,
  failuresA: readonly Trials[],
  failuresB: readonly Trials[],
  settings: CompareSettings,
): MetricComparison[] {
  const tests: NamedTest[] = [
    ...LATENCY_METRICS.map((metric) => ({ metric, tested: roundsTest(levels[metric]) })),
    { metric: 'successRatio', tested: armsSuccessTest(failuresA, failuresB) },
  ];
  return judgeMetrics(tests, 'duet', settings);
}

/** The logarithms of a quantile, round by round, for both arms. */
interface RoundLevels {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Whether any block had too few orders for the quantile. */
  readonly tooFewOrders: boolean;
}

/** Student's t test over one log-ratio per round. */
function roundsTest({ a, b, tooFewOrders }: RoundLevels): MetricTest {
  if (a.length === 0) return untested(null, null, 'too-few-orders');
  const [meanA, meanB] = [mean([...a]), mean([...b])];
  if (tooFewOrders) return untested(meanA, meanB, 'too-few-orders');
  const ratios = a.map((level, round) => (b[round] as number) - level);
  const rounds = ratios.length;
  if (rounds < 2) return untested(meanA, meanB, 'too-few-rounds');
  const sd = sampleStandardDeviation(ratios);
  const test = tTest(mean(ratios), sd / Math.sqrt(rounds), rounds - 1);
  const design = roundsDesign(sd, rounds);
  if (rounds < LEAST_ROUNDS) return untested(meanA, meanB, 'too-few-rounds', test, design);
  return {
    a: meanA,
    b: meanB,
    test,
    why: null,
    design,
    noisierThanHistory: false,
    historyRuns: 0,
  };
}

function roundsDesign(sd: number, rounds: number): Design {
  return {
    least: Math.max(LEAST_ROUNDS, rounds + 1),
    seOf: (n) => sd / Math.sqrt(n),
    dfOf: (n) => n - 1,
  };
}

function blockLevels(metric: LatencyMetric, a: Arm, b: Arm, timeoutMs: number): RoundLevels {
  const rounds = a.blocks.flatMap((block) => {
    const other = b.blocks.find(({ round }) => round === block.round);
    return other === undefined ? [] : [[block, other] as const];
  });
  const judged = ({ latencyMs, outcomes }: Block) =>
    judgedLatency(latencyMs.histogram, outcomes.timeout, timeoutMs);
  const level = (block: Block) => {
    const value = quantile(judged(block), QUANTILES[metric]);
    return value === null || value <= 0 ? null : Math.log(value);
  };
  const levels = rounds.flatMap(([one, other]) => {
    const [levelA, levelB] = [level(one), level(other)];
    return levelA === null || levelB === null ? [] : [[levelA, levelB] as const];
  });
  return {
    a: levels.map(([levelA]) => levelA),
    b: levels.map(([, levelB]) => levelB),
    tooFewOrders: rounds
      .flat()
      .some(({ latencyMs, outcomes }) => latencyMs.count + outcomes.timeout < leastOrders(metric)),
  };
}

/** Tests success over all orders of both arms, with failures clustered by block. */
function armsSuccessTest(a: readonly Trials[], b: readonly Trials[]): MetricTest {
  const [shareA, shareB] = [shareOf(a), shareOf(b)];
  if (shareA.trials === 0 || shareB.trials === 0) return untested(null, null, 'too-few-orders');
  const [rateA, rateB] = [shareA.hits / shareA.trials, shareB.hits / shareB.trials];
  const rounds = Math.min(a.length, b.length);
  const test = newcombeTest(shareA, shareB, Math.max(1, a.length + b.length - 2));
  const design = roundsDesign(test.se * Math.sqrt(rounds), rounds);
  if (rounds < LEAST_ROUNDS) return untested(rateA, rateB, 'too-few-rounds', test, design);
  return {
    a: rateA,
    b: rateB,
    test,
    why: null,
    design,
    noisierThanHistory: false,
    historyRuns: 0,
  };
}

function failuresOf({ blocks }: Arm): Trials[] {
  return blocks.map(({ offered, outcomes }) => ({
    trials: offered,
    hits: offered - outcomes.created - outcomes.duplicate,
  }));
}

function shareOf(blocks: readonly Trials[]): Share {
  const trials = sum(blocks.map((block) => block.trials));
  const failures = sum(blocks.map((block) => block.hits));
  return { hits: trials - failures, trials, overdispersion: overdispersion(blocks) };
}

function rateCheck(a: Arm, b: Arm): ComparisonCheck {
  const [sentA, sentB] = [a.compared.sent, b.compared.sent];
  const ok = sentA > 0 && Math.abs(sentB / sentA - 1) <= MAX_RATE_DIFFERENCE;
  return {
    name: 'rps',
    a: sentA,
    b: sentB,
    ok,
    sentence: ok
      ? `${groupDigits(sentA)} orders were sent to A and ${groupDigits(sentB)} to B.`
      : differs('number of orders sent', groupDigits(sentA), groupDigits(sentB)),
  };
}

function droppedCheck(a: Arm, b: Arm, most: number): ComparisonCheck {
  const ratio = ({ compared: { offered, dropped } }: Arm) =>
    offered === 0 ? 0 : dropped / offered;
  const [droppedA, droppedB] = [ratio(a), ratio(b)];
  return {
    name: 'dropped',
    a: droppedA,
    b: droppedB,
    ok: Math.max(droppedA, droppedB) <= most,
    sentence: droppedText(droppedA, droppedB, most),
  };
}

function sideOf(name: string, { target }: Arm, { run }: AnsweredReport): ComparisonSide {
  return {
    name,
    target: `${target.label} ${target.baseUrl}`,
    runs: [run.id],
    commits: run.gitCommit === null ? [] : [run.gitCommit],
    scenario: run.scenario,
    profile: run.profile,
  };
}
