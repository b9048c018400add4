import path from 'node:path';
import { UserError } from '../../core/errors/user-error.ts';
import { renderReportFiles } from '../../core/render/report-files.ts';
import { bundlePage } from '../../node/bundle/bundle-page.ts';
import { type RunReport, readRunReport } from '../../node/store/read-run-report.ts';
import { answerAgain } from '../../questions/answer-again.ts';
import type { CommandDeps } from '../cli/command-deps.ts';
import { writeFiles } from '../cli/write-files.ts';
import type { ReportFlags } from './parse-report-flags.ts';

export interface RenderedRun {
  readonly run: string;
  readonly verdict: string;
  readonly files: readonly string[];
}

/**
 * Renders recorded reports again.
 * @throws UserError if one cannot be read or written; all are read before any is written.
 */
export async function runReport(
  { runs, formats, out }: ReportFlags,
  { root, say }: CommandDeps,
): Promise<readonly RenderedRun[]> {
  const read: RunReport[] = [];
  for (const run of runs) read.push(await readRunReport(run));
  const folders = foldersOf(read, out);
  const page = await bundlePage(path.join(root, 'lib', 'page'));
  const written: RenderedRun[] = [];
  for (const [position, { file, report: recorded }] of read.entries()) {
    const { report, otherVerdict } = answerAgain(recorded);
    const { id, verdict } = recorded.run;
    if (otherVerdict !== null) {
      say(
        `${file}: the recorded verdict ${verdict} stays; today's rules would say ${otherVerdict.verdict}: ${otherVerdict.reason}`,
      );
    }
    const files = renderReportFiles(report, formats, page);
    const folder = folders[position] as string;
    written.push({ run: id, verdict, files: await writeFiles(folder, files) });
  }
  return written;
}

/** Beside each report, or in `out`, where several runs get a folder each, named after the run. */
function foldersOf(read: readonly RunReport[], out: string | null): string[] {
  if (out === null) return read.map(({ file }) => path.dirname(file));
  if (read.length === 1) return [out];
  const names = read.map(({ file, report }) =>
    // The id comes from a file that anybody may have written.
    /^[\w-]+$/.test(report.run.id)
      ? report.run.id
      : path.basename(path.dirname(path.resolve(file))),
  );
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice === undefined) return names.map((name) => path.join(out, name));
  throw new UserError(
    'E_USAGE',
    `two of the reports are from run ${twice}; render them one at a time into different folders`,
  );
}
