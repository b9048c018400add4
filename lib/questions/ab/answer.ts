import { addAll } from '../../core/histogram/add.ts';
import { type Arm, type Block, blockOf } from '../../core/load/ab-blocks.ts';
import { latencyStatsOf } from '../../core/report/latency-stats.ts';
import { addOutcomeCounts, resolvedOf, servedOf } from '../../core/report/outcome-counts.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { studentT975 } from '../../core/statistics/student-t.ts';
import type { Found } from '../question.ts';
import type { AbAnswers } from './schema.ts';

type AbArm = AbAnswers['arms']['a'];
type AbRatio = AbAnswers['latencyRatio']['p50'];
type StepOfBlock = { readonly block: Block; readonly step: Report['steps'][number] };

/** An interval over fewer rounds would tell more about the formula than about the targets. */
const MIN_ROUNDS = 3;

/** Both arms side by side, from the steps of the report. No answer without arm B. */
export function answerAb(report: Report): Found<AbAnswers> {
  const { steps, target, targetB } = report;
  if (targetB === undefined) return { answer: undefined, findings: [] };
  const blocks = steps.flatMap((step) => {
    const block = blockOf(step.name);
    return block === null ? [] : [{ block, step }];
  });
  const a = armOf('a', target, blocks);
  const b = armOf('b', targetB, blocks);
  const latencyRatio = { p50: ratioOf(a, b, 'p50'), p95: ratioOf(a, b, 'p95') };
  return { answer: { arms: { a, b }, latencyRatio }, findings: [] };
}

function armOf(arm: Arm, target: Report['target'], all: readonly StepOfBlock[]): AbArm {
  const own = all.filter(({ block }) => block.arm === arm);
  const compared = own.filter(({ block }) => !block.settling);
  const stepsOf = (list: readonly StepOfBlock[]) => list.map(({ step }) => step);
  return {
    target,
    requests: requestsOf(stepsOf(own)),
    settling: requestsOf(stepsOf(own.filter(({ block }) => block.settling))),
    compared: requestsOf(stepsOf(compared)),
    latencyMs: latencyStatsOf(addAll(compared.map(({ step }) => step.success.histogram))),
    blocks: compared.map(({ block, step }) => ({
      round: block.round,
      order: all.find((one) => one.block.round === block.round)?.block.arm === 'a' ? 'AB' : 'BA',
      step: step.name,
      ...requestsOf([step]),
      latencyMs: step.success,
    })),
  };
}

function requestsOf(steps: Report['steps']): AbArm['requests'] {
  const sum = (pick: (step: Report['steps'][number]) => number) =>
    steps.reduce((total, step) => total + pick(step), 0);
  const sent = sum(({ started }) => started);
  const dropped = sum((step) => step.dropped ?? 0);
  const outcomes = addOutcomeCounts(steps.map((step) => step.outcomes));
  const offered = sent + dropped;
  return {
    offered,
    sent,
    dropped,
    outcomes,
    unresolved: sent - resolvedOf(outcomes),
    successRatio: offered === 0 ? null : servedOf(outcomes) / offered,
  };
}

/** The two blocks of a round ran under nearly the same conditions, so only their ratio is averaged. */
function ratioOf(a: AbArm, b: AbArm, statistic: 'p50' | 'p95'): AbRatio {
  const logs = a.blocks.flatMap((block) => {
    const other = b.blocks.find(({ round }) => round === block.round);
    const from = block.latencyMs[statistic];
    const to = other?.latencyMs[statistic] ?? null;
    return from === null || to === null || from === 0 || to === 0 ? [] : [Math.log(to / from)];
  });
  const rounds = logs.length;
  if (rounds === 0) return { ratio: null, interval: null, rounds };
  const mean = logs.reduce((sum, value) => sum + value, 0) / rounds;
  if (rounds < MIN_ROUNDS) return { ratio: Math.exp(mean), interval: null, rounds };
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (rounds - 1);
  const half = studentT975(rounds - 1) * Math.sqrt(variance / rounds);
  return {
    ratio: Math.exp(mean),
    interval: [Math.exp(mean - half), Math.exp(mean + half)],
    rounds,
  };
}
