import { appendFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Env } from '../../core/config/env.ts';
import { reasonOf } from '../../core/errors/reason-of.ts';
import { contractChecks } from '../../core/order/contract-checks.ts';
import type { PageAssets } from '../../core/render/html/page-frame.ts';
import {
  REPORT_FORMATS,
  type ReportFile,
  renderReportFiles,
} from '../../core/render/report-files.ts';
import { renderSummary, type WrittenPage } from '../../core/render/terminal-summary.ts';
import { buildReport } from '../../core/report/build-report.ts';
import { exitCodeOf } from '../../core/report/exit-code.ts';
import { historyLineOf } from '../../core/summary/results/history-line.ts';
import { failureLines } from '../../core/summary/run/failure-texts.ts';
import { escapeText } from '../../core/text/escape-text.ts';
import { appendHistory } from '../../node/store/history.ts';
import { writeReport } from '../../node/store/write-report.ts';
import { answerReport } from '../../questions/answer-report.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { parseContractRecords } from '../../questions/smoke/parse-contract-records.ts';
import { proposedOrder } from '../../questions/smoke/proposed-order.ts';
import { renderProposedOrder } from '../../questions/smoke/proposed-order-text.ts';
import type { OutputStream } from '../cli/output-stream.ts';
import type { StopSignal } from '../cli/stop-signals.ts';
import { streamColors } from '../cli/stream-colors.ts';
import { streamLinks } from '../cli/stream-links.ts';
import { streamWidth } from '../cli/stream-width.ts';
import { handedAnswers } from './handed-answers.ts';
import type { LiveRun } from './live-run.ts';
import { type ContextInput, runContext } from './run-context.ts';

export interface FinishOptions {
  /** Folder of the run. */
  readonly dir: string;
  readonly page: PageAssets;
  readonly live: LiveRun;
  /** The signal that ended the run, or null. */
  readonly signal: StopSignal | null;
  readonly env: Env;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** Builds the report of a run, writes it, prints it, and returns it with the exit code. */
export async function finishRun(
  input: ContextInput,
  { dir, page, live, signal, env, stdout, stderr }: FinishOptions,
): Promise<{ readonly report: AnsweredReport; readonly exitCode: number }> {
  const { config, plan, execution } = input;
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const measured = buildReport({ plan, runners: execution.runners, context: runContext(input) });
  const { refinements = [] } = input;
  const report = answerReport({
    ...measured,
    ...(refinements.length > 0 && { refinements }),
    answers: handedAnswers(input),
  });
  const files = filesOf(report, page, say);
  const written = writeReport(dir, report, { files });
  const reportPath = await written.catch(() => null);
  await logFailures(join(dir, 'k6.log'), report);
  const colors = streamColors(stdout, env);
  stdout.write(
    config.json
      ? `${JSON.stringify(report)}\n`
      : renderSummary(report, {
          colors,
          width: streamWidth(stdout),
          page: reportPath === null ? null : writtenPage(dir, files, streamLinks(stdout, env)),
        }),
  );
  if (config.learn) (config.json ? stderr : stdout).write(proposal(input));
  const last = files.find(({ name }) => name === 'report.html');
  if (last !== undefined) await live.finish(last.text);
  await keepInHistory(config.history, report, say);
  // The verdict is shown even if the report could not be written; the reason follows here.
  await written;
  return { report, exitCode: exitCodeOf(report, { signal }) };
}

/** The page of the run, or its report if the page could not be drawn. */
function writtenPage(dir: string, files: readonly ReportFile[], withLink: boolean): WrittenPage {
  const name = files.some((file) => file.name === 'report.html') ? 'report.html' : 'report.json';
  const path = join(dir, name);
  const near = relative('', path);
  return {
    path: near.startsWith('..') ? path : near,
    url: withLink ? pathToFileURL(path).href : null,
  };
}

/** Adds to the log how orders failed: k6 itself logs no response. */
async function logFailures(path: string, report: AnsweredReport): Promise<void> {
  const lines = failureLines(report, Number.POSITIVE_INFINITY).map(escapeText);
  if (lines.length === 0) return;
  const text = `\nhow orders failed\n${lines.join('\n')}\n`;
  await appendFile(path, text).catch(() => undefined);
}

function proposal({ plan, execution }: ContextInput): string {
  const checks = contractChecks(plan, 0);
  const records = parseContractRecords(execution.k6.handedOver);
  return renderProposedOrder(proposedOrder({ mapping: plan.mapping, checks, records }));
}

/** If the history cannot be written, one line says so and the verdict stays: `trend --import` adds the run later. */
async function keepInHistory(
  dir: string | null,
  report: AnsweredReport,
  say: (line: string) => void,
): Promise<void> {
  if (dir === null) return;
  try {
    await appendHistory(dir, historyLineOf(report));
  } catch (error) {
    say(`not in the history: ${reasonOf(error)}`);
  }
}

/** A fault in how a report is drawn must not cost the report. */
function filesOf(
  report: AnsweredReport,
  page: PageAssets,
  say: (line: string) => void,
): readonly ReportFile[] {
  try {
    return renderReportFiles(report, REPORT_FORMATS, page);
  } catch (error) {
    say(`report.json could not be rendered: ${String(error)}`);
    return [];
  }
}
