import type { RunConfig } from '../../core/config/run-config.ts';
import { judgedSteps } from '../../core/judge/judged-steps.ts';
import type { LoadPlan, Stage } from '../../core/load/load-plan.ts';
import { totalOrders } from '../../core/load/stages.ts';
import { type Step, stagesOfStep } from '../../core/load/staircase.ts';
import { buildReport } from '../../core/report/build-report.ts';
import { formatRate } from '../../core/report/format-figure.ts';
import type { Refinement } from '../../core/report/schema/refinement-schema.ts';
import {
  MAX_STEP_SECONDS,
  nextRefinement,
  refinementOf,
} from '../../questions/ramp/next-refinement.ts';
import type { OutputStream } from '../cli/output-stream.ts';
import type { StopSignals } from '../cli/stop-signals.ts';
import { streamColors } from '../cli/stream-colors.ts';
import type { Cleanups } from './cleanups.ts';
import { type ExecutionInput, executeK6 } from './execute-k6.ts';
import { createProgress } from './progress.ts';
import { type ContextInput, runContext } from './run-context.ts';

export interface RefineInput {
  /** The planned steps, run to their end. */
  readonly measured: ContextInput;
  readonly k6: ExecutionInput;
  readonly stop: StopSignals;
  readonly cleanups: Cleanups;
  readonly stderr: OutputStream;
  readonly say: (line: string) => void;
}

/** What a run may add to the load that was planned, to be shown before the first request. */
export function describeRefinements({ question, refine }: RunConfig): readonly string[] {
  if (question.refinements === undefined || refine === 0) return [];
  const steps = refine === 1 ? '1 more step' : `${refine} more steps`;
  return [`refine    up to ${steps} of at most ${MAX_STEP_SECONDS}s each, below the peak rate`];
}

/**
 * Narrows the capacity of a ramp down by further steps. k6 cannot decide while it runs, so that each
 * is a k6 of its own against the same target, with order ids of its own (`<run>-r1`). Between them
 * the target is idle. A step that was stopped by a signal is left out.
 */
export async function refineRun(input: RefineInput): Promise<readonly Refinement[]> {
  const { measured, k6, stop, cleanups, stderr, say } = input;
  const { config, plan } = measured;
  if (config.question.refinements === undefined) return [];
  const report = buildReport({
    plan,
    runners: measured.execution.runners,
    context: runContext(measured),
  });
  const found: Refinement[] = [];
  const sendsOf = (stages: readonly Stage[]) => totalOrders(stages) * (1 + plan.retryRatio);
  let orders = sendsOf(plan.warmup === null ? plan.stages : [plan.warmup, ...plan.stages]);
  while (found.length < config.refine && stop.first() === null) {
    const step =
      report.run.verdict === 'invalid' ? null : nextRefinement({ ...report, refinements: found });
    if (step === null) break;
    const stepPlan = planOf(plan, step, found.length + 1);
    orders += sendsOf(stepPlan.stages);
    if (orders > k6.maxRequests) {
      say(`refine    no further: it would pass the cap of ${k6.maxRequests} orders`);
      break;
    }
    const position = `${found.length + 1} of at most ${config.refine}`;
    say(`refine    ${position}: ${formatRate(step.ratePerSecond)} for ${step.seconds}s`);
    const startedAt = new Date();
    const execution = await executeK6(
      { ...k6, plan: stepPlan, exact: false, logName: `k6-${step.name}.log` },
      stop,
      createProgress(stepPlan, stderr, streamColors(stderr, k6.env)),
      cleanups,
    );
    if (stop.first() !== null) break;
    const surroundings = { execution, startedAt, endedAt: new Date() };
    const refinement = refinementOf(
      step,
      buildReport({
        plan: stepPlan,
        runners: execution.runners,
        context: runContext({ ...measured, ...surroundings, plan: stepPlan }),
      }),
    );
    if (refinement === null) break;
    found.push(refinement);
    const judged = judgedSteps({ ...report, refinements: found });
    // One that says nothing would be asked for again.
    if (!judged.some(({ name }) => name === step.name)) break;
  }
  return found;
}

function planOf(plan: LoadPlan, step: Step, position: number): LoadPlan {
  return { ...plan, run: `${plan.run}-r${position}`, warmup: null, stages: stagesOfStep(step) };
}
