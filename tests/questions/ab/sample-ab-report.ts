import { abRounds, blockOf, shuffleRounds } from '../../../lib/core/load/ab-blocks.ts';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import { notSentInAll } from '../../../lib/core/report/not-sent-figures.ts';
import { sumNotSent } from '../../../lib/core/telemetry/not-sent-telemetry.ts';
import type { NotSent, Tally } from '../../../lib/core/telemetry/tally.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import {
  repeat,
  sampleContext,
  samplePlan,
  sampleRunner,
  tallyOf,
} from '../../core/report/sample-run.ts';

const SEED = 3;
const target = { deployment: null, platform: 'other', memoryMb: null } as const;

export interface AbShape {
  readonly rounds?: number;
  /** Latencies of the stored orders of a block; empty for a block in which nothing was stored. */
  readonly latencies: (arm: 'a' | 'b', round: number, settling: boolean) => readonly number[];
  readonly notSent?: Readonly<Record<string, NotSent>>;
}

export function abReport({ rounds = 4, latencies, notSent = {} }: AbShape, runner = '1') {
  const shape = { rounds, blockSeconds: 8, ratePerSecond: 5 };
  const stages = shuffleRounds(abRounds(shape), SEED);
  const plan = samplePlan({
    scenario: 'ab',
    seed: SEED,
    stages,
    targetB: 'https://b.example.com/x',
  });
  const steps: Record<string, Tally> = {};
  for (const { name } of stages) {
    const block = blockOf(name);
    if (block === null) continue;
    const values = latencies(block.arm, block.round, block.settling);
    steps[name] = tallyOf(values.length + 1, { created: values, throttled: [1] });
  }
  const dropped = sumNotSent(notSentInAll(notSent));
  const changes = { runner, steps, dropped, notSent };
  const context = sampleContext({
    target: { ...target, label: 'old' },
    targetB: { ...target, label: 'new' },
  });
  const measured = buildReport({ plan, runners: [sampleRunner({ changes })], context });
  return answerReport(measured);
}

/** B takes 20% longer in every round, and each round has a level of its own. */
export const slowerB: AbShape = {
  latencies: (arm, round, settling) =>
    repeat(settling ? 5 : 30, (settling ? 500 : 10 * round) * (arm === 'b' ? 1.2 : 1)),
};
