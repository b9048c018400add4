import { expect } from 'vitest';
import type { LoadPlan } from '../../../lib/core/load/load-plan.ts';
import { exitCodeOf } from '../../../lib/core/report/exit-code.ts';
import type { RunContext } from '../../../lib/core/report/run-context.ts';
import { type RunnerShape, sampleReport } from './sample-run.ts';

/** A run and what is to be said of it. */
export interface VerdictCase {
  readonly name: string;
  readonly shape?: RunnerShape;
  readonly plan?: Partial<LoadPlan>;
  readonly context?: Partial<RunContext>;
  readonly verdict: 'pass' | 'fail' | 'invalid';
  readonly exit: number;
  /** Part of one of the reasons. */
  readonly reason?: string;
}

export function expectVerdict({ shape, plan, context, verdict, exit, reason }: VerdictCase): void {
  const report = sampleReport(shape, { plan: plan ?? {}, context: context ?? {} });
  expect(report.run.verdict, report.run.reasons.join('\n')).toBe(verdict);
  expect(exitCodeOf(report, { signal: null })).toBe(exit);
  if (reason !== undefined) expect(report.run.reasons.join('\n')).toContain(reason);
  expect(report.run.reasons.length).toBeGreaterThan(0);
  for (const line of report.run.reasons) expect(line).not.toMatch(/\n|undefined$|NaN/);
}
