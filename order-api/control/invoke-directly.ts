import { randomUUID } from 'node:crypto';
import type { ChangeableFunction } from '../local/local-platform.ts';
import type { ReportMemory } from './report-memory.ts';

/** The result of a synchronous call of Lambda's Invoke API. */
export interface InvocationAnswer {
  readonly kind: 'answered' | 'failed' | 'throttled';
  /** JSON text: the function's result, or the error in Lambda's form. */
  readonly payload: string;
  /** Null if Lambda refused the call. */
  readonly reportLine: string | null;
  /** One line; null if it was answered. */
  readonly problem: string | null;
}

export async function invokeDirectly(
  lambda: ChangeableFunction,
  event: unknown,
  reports: Pick<ReportMemory, 'lineOf'>,
): Promise<InvocationAnswer> {
  const requestId = randomUUID();
  const invocation = await lambda.invoke(event, requestId);
  const failed = (errorType: string, problem: string): InvocationAnswer => ({
    kind: 'failed',
    payload: JSON.stringify({ errorType, errorMessage: problem }),
    reportLine: reports.lineOf(requestId),
    problem: problem.replace(/\s*\n\s*/g, ' '),
  });
  switch (invocation.kind) {
    case 'answered':
      return {
        kind: 'answered',
        payload: JSON.stringify(invocation.result) ?? 'null',
        reportLine: reports.lineOf(requestId),
        problem: null,
      };
    case 'throttled': {
      const { reason } = invocation;
      return {
        kind: 'throttled',
        payload: JSON.stringify({ Reason: reason, Type: 'User', message: 'Rate Exceeded.' }),
        reportLine: null,
        problem: `TooManyRequestsException: ${reason}`,
      };
    }
    case 'timedOut':
      return failed('Sandbox.Timedout', 'the function ran into its timeout');
    case 'failed': {
      const { error } = invocation;
      if (!(error instanceof Error)) return failed('Error', String(error));
      return failed(error.name, error.message || error.name);
    }
  }
}
