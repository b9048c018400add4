import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../../core/lambda/function-name.ts';
import { type InvocationReport, parseReportLine } from '../../core/lambda/parse-report-line.ts';
import type { DirectInvocation } from '../../core/lambda/platform-control.ts';
import { type AwsPlace, askAbout } from './aws-ask.ts';

/**
 * Calls a function and waits for its result. `lambda` must not repeat calls, and must wait longer than a function may
 * run.
 */
export async function invokeOnAws(
  lambda: LambdaClient,
  place: AwsPlace,
  functionName: string,
  payload: string,
): Promise<DirectInvocation> {
  const { name, alias } = parseFunctionName(functionName);
  const command = new InvokeCommand({
    FunctionName: name,
    ...(alias !== null && { Qualifier: alias }),
    LogType: 'Tail',
    Payload: new TextEncoder().encode(payload),
  });
  const ask = askAbout(`function ${functionName}`, place);
  return ask('lambda:InvokeFunction', () =>
    lambda.send(command).then(invocationOf, (error: unknown) => {
      if (!(error instanceof Error)) throw error;
      const { Reason, $metadata } = error as Error & {
        Reason?: string;
        $metadata?: { httpStatusCode?: number };
      };
      const unanswered = { payload: '', report: null };
      if ($metadata?.httpStatusCode === 429) {
        return { ...unanswered, kind: 'throttled', problem: Reason ?? oneLine(error.message) };
      }
      if (($metadata?.httpStatusCode ?? 0) >= 500) {
        return {
          ...unanswered,
          kind: 'failed',
          problem: `${error.name}: ${oneLine(error.message)}`,
        };
      }
      throw error;
    }),
  );
}

function invocationOf(answer: InvokeCommandOutput): DirectInvocation {
  const payload = answer.Payload?.transformToString() ?? '';
  const report = reportOf(answer.LogResult);
  if (answer.FunctionError === undefined) {
    return { kind: 'answered', payload, report, problem: null };
  }
  return { kind: 'failed', payload, report, problem: failureOf(payload, answer.FunctionError) };
}

/** Lambda's report in the last 4 KB of a log, whose first line may have lost its beginning. */
function reportOf(tail: string | undefined): InvocationReport | null {
  const lines = Buffer.from(tail ?? '', 'base64')
    .toString('utf8')
    .split('\n');
  for (const line of lines.reverse()) {
    const report = parseReportLine(line.trimEnd());
    if (report !== null) return report;
  }
  return null;
}

/** What a runtime says of an error that nothing caught, or of a timeout. */
function failureOf(payload: string, functionError: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as Record<string, unknown>;
    const parts = [errorType, errorMessage].filter((part) => typeof part === 'string');
    if (parts.length > 0) return oneLine(parts.join(': '));
  } catch {
    // A runtime of one's own may answer with any text.
  }
  return `${functionError} error`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
