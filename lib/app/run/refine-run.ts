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

/** What a run may add to the planned load, shown before the first request. */
export function describeRefinements({ question, refine }: RunConfig): readonly string[] {
  if (question.refinements === undefined || refine === 0) return [];
  const steps = refine === 1 ? '1 more step' : `${refine} more steps`;
  return [`refine    up to ${steps} of at most ${MAX_STEP_SECONDS}s each, below the peak rate`];
}

/**
 * Narrows down the capacity of a ramp with further steps. k6 cannot change its plan while it runs, so each step is a
 * k6 of its own against the same target, with its own order ids (`<run>-r1`). Between steps the target is idle. A step
 * stopped by a signal is left out.
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
  const refinements: Refinement[] = [];
  const sendsOf = (stages: readonly Stage[]) => totalOrders(stages) * (1 + plan.retryRatio);
  let orders = sendsOf(plan.warmup === null ? plan.stages : [plan.warmup, ...plan.stages]);
  while (refinements.length < config.refine && stop.first() === null) {
    const step =
      report.run.verdict === 'invalid' ? null : nextRefinement({ ...report, refinements });
    if (step === null) break;
    const stepPlan = planOf(plan, step, refinements.length + 1);
    orders += sendsOf(stepPlan.stages);
    if (orders > k6.maxRequests) {
      say(`refine    stops here: another step would exceed the cap of ${k6.maxRequests} orders`);
      break;
    }
    const position = `${refinements.length + 1} of at most ${config.refine}`;
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
    refinements.push(refinement);
    const judged = judgedSteps({ ...report, refinements });
    // A step that could not be judged would only be chosen again.
    if (!judged.some(({ name }) => name === step.name)) break;
  }
  return refinements;
}

function planOf(plan: LoadPlan, step: Step, position: number): LoadPlan {
  return { ...plan, run: `${plan.run}-r${position}`, warmup: null, stages: stagesOfStep(step) };
}
