import { createColors } from 'picocolors';
import { answerReport } from '../../lib/core/answers/answer-report.ts';
import { renderSummary } from '../../lib/core/render/terminal-summary.ts';
import { buildReport } from '../../lib/core/report/build-report.ts';
import { exitCodeOf } from '../../lib/core/report/exit-code.ts';
import { writeReport } from '../../lib/node/store/write-report.ts';
import { handedAnswers } from './handed-answers.ts';
import { type ContextInput, runContext } from './run-context.ts';
import type { StopSignal } from './stop-signals.ts';

const PLAIN = { colors: false, width: 100 };

/** Builds the report of a run, writes it to `dir`, prints it, and returns the exit code. */
export async function finishRun(
  input: ContextInput,
  dir: string,
  signal: StopSignal | null,
): Promise<number> {
  const { config, plan, execution } = input;
  const measured = buildReport({ plan, runners: execution.runners, context: runContext(input) });
  const report = answerReport({ ...measured, answers: handedAnswers(input) });
  const written = writeReport(dir, report, { summary: renderSummary(report, PLAIN) });
  const reportPath = await written.catch(() => null);
  const { stdout } = process;
  const colors = createColors().isColorSupported && stdout.isTTY;
  stdout.write(
    config.json
      ? `${JSON.stringify(report)}\n`
      : renderSummary(report, { colors, width: stdout.columns ?? PLAIN.width, reportPath }),
  );
  // The verdict is shown even where the report could not be written; then the reason follows.
  await written;
  return exitCodeOf(report, { signal });
}
