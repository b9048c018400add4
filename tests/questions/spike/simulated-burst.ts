import type { LoadPlan, Stage } from '../../../lib/core/load/load-plan.ts';
import { stageAt } from '../../../lib/core/load/stages.ts';
import type { NotSentReason } from '../../../lib/core/order/not-sent.ts';
import type { Outcome } from '../../../lib/core/order/outcome.ts';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import { createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import type { Burst } from '../../../lib/questions/spike/schema.ts';
import { sampleContext, samplePlan } from '../../core/report/sample-run.ts';
import {
  SCENARIO_START_MS,
  type SimulatedOrder,
  simulatePushes,
} from '../../core/telemetry/simulated-runner.ts';

const plateau = (name: string, rate: number, durationSeconds: number): Stage => ({
  name,
  durationSeconds,
  fromRate: rate,
  toRate: rate,
});

/** 5 s at 20/s, 5 s at 60/s, 15 s at 20/s: the burst ends at 10 s. */
export const STAGES = [
  plateau('baseline', 20, 5),
  { name: 'jump', durationSeconds: 1, fromRate: 20, toRate: 60 },
  plateau('burst', 60, 4),
  plateau('recovery', 20, 15),
];
export const BURST_END_MS = 10_000;

/** What becomes of an order by when it is sent; times in ms after the start of the load. */
export type Target = (sentMs: number) => {
  latencyMs: number;
  outcome: Outcome | null;
  notSent?: NotSentReason;
};

/** The report of a spike whose orders are sent evenly at the rates of the stages. */
export function simulateBurst(
  target: Target,
  {
    stages = STAGES,
    plan = {},
    windowMs = 1000,
  }: { stages?: readonly Stage[]; plan?: Partial<LoadPlan>; windowMs?: number } = {},
): AnsweredReport & { readonly burst: Burst } {
  const endMs = stages.reduce((sum, { durationSeconds }) => sum + durationSeconds * 1000, 0);
  const orders: SimulatedOrder[] = [];
  for (let startMs = 0; startMs < endMs; ) {
    const step = stageAt(stages, startMs).name;
    orders.push({ startMs: Math.floor(startMs), step, ...target(startMs) });
    startMs += 1000 / (stages.find(({ name }) => name === step)?.toRate ?? 1);
  }
  const accumulator = createAccumulator({ windowMs, expectRun: 'r' });
  const pushes = simulatePushes({ orders, scenario: 'spike', seconds: endMs / 1000 + 6 });
  for (const push of pushes) accumulator.apply(push);
  const runners = accumulator.runners().map((runner) => ({
    ...runner,
    handlerSeen: true,
    timingSeen: true,
  }));
  const at = (ms: number) => new Date(SCENARIO_START_MS + ms).toISOString();
  const report = answerReport(
    buildReport({
      plan: samplePlan({
        scenario: 'spike',
        run: 'r',
        stages,
        slo: { successRatio: 0.99, p95Ms: 1000 },
        ...plan,
      }),
      runners,
      context: sampleContext({ startedAt: at(-1000), endedAt: at(endMs + 6000) }),
    }),
  );
  if (report.answers.burst === undefined) throw new Error('there is no answer');
  return { ...report, burst: report.answers.burst };
}

export const well: Target = () => ({ latencyMs: 20, outcome: 'created' });

/** Broken from the middle of the burst until `untilMs`, then well. */
export const brokenUntil =
  (untilMs: number, broken: Target): Target =>
  (sentMs) =>
    sentMs >= 7000 && sentMs < untilMs ? broken(sentMs) : well(sentMs);
