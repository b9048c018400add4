import path from 'node:path';
import { UserError } from '../../core/errors/user-error.ts';
import type { PageAssets } from '../../core/render/html/page-frame.ts';
import {
  type ReportFile,
  type ReportFormat,
  renderReportFiles,
} from '../../core/render/report-files.ts';
import {
  isTuneFormat,
  powerTuningFiles,
  renderTuneFiles,
} from '../../core/render/tune/tune-files.ts';
import { bundlePage } from '../../node/bundle/bundle-page.ts';
import { readRunReport } from '../../node/store/read-run-report.ts';
import { readTune } from '../../node/store/read-tune.ts';
import { answerAgain } from '../../questions/answer-again.ts';
import type { CommandDeps } from '../cli/command-deps.ts';
import { writeFiles } from '../cli/write-files.ts';
import type { ReportFlags } from './parse-report-flags.ts';

export interface RenderedRun {
  /** Id of the run or sweep. */
  readonly run: string;
  /** Null for a sweep. */
  readonly verdict: string | null;
  readonly files: readonly string[];
}

/** A run or a sweep that was read. */
interface Recorded {
  readonly file: string;
  readonly id: string;
  readonly verdict: string | null;
  readonly render: (formats: readonly ReportFormat[], page: PageAssets) => readonly ReportFile[];
}

/**
 * Renders recorded reports, and results of sweeps, again.
 * @throws UserError if one cannot be read or written; all are read before any is written.
 */
export async function runReport(
  { runs, formats, out }: ReportFlags,
  { root, say }: CommandDeps,
): Promise<readonly RenderedRun[]> {
  const read: Recorded[] = [];
  for (const run of runs) read.push((await readSweep(run, formats)) ?? (await readRun(run, say)));
  const folders = foldersOf(read, out);
  const page = await bundlePage(path.join(root, 'lib', 'page'));
  const written: RenderedRun[] = [];
  for (const [position, { id, verdict, render }] of read.entries()) {
    const folder = folders[position] as string;
    written.push({ run: id, verdict, files: await writeFiles(folder, render(formats, page)) });
  }
  return written;
}

async function readRun(run: string, say: CommandDeps['say']): Promise<Recorded> {
  const { file, report: recorded } = await readRunReport(run);
  const { report, otherVerdict } = answerAgain(recorded);
  const { id, verdict } = recorded.run;
  return {
    file,
    id,
    verdict,
    render: (formats, page) => {
      if (otherVerdict !== null) {
        say(
          `${file}: the recorded verdict ${verdict} stays; today's rules would say ${otherVerdict.verdict}: ${otherVerdict.reason}`,
        );
      }
      return renderReportFiles(report, formats, page);
    },
  };
}

/** Null if it is no sweep. A sweep has fewer formats than a run; what other tools read is always written. */
async function readSweep(run: string, formats: readonly ReportFormat[]): Promise<Recorded | null> {
  const read = await readTune(run);
  if (read === null) return null;
  const { file, result } = read;
  const own = formats.filter(isTuneFormat);
  if (own.length === 0) {
    throw new UserError(
      'E_USAGE',
      `${file} is the result of a sweep, which has no ${formats.join(' and no ')}`,
    );
  }
  return {
    file,
    id: result.run.id,
    verdict: null,
    render: (_, page) => [...renderTuneFiles(result, own, page), ...powerTuningFiles(result)],
  };
}

/** Beside each report, or in `out`, where several runs get a folder each, named after the run. */
function foldersOf(read: readonly Recorded[], out: string | null): string[] {
  if (out === null) return read.map(({ file }) => path.dirname(file));
  if (read.length === 1) return [out];
  const names = read.map(({ file, id }) =>
    // The id comes from a file that anybody may have written.
    /^[\w-]+$/.test(id) ? id : path.basename(path.dirname(path.resolve(file))),
  );
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice === undefined) return names.map((name) => path.join(out, name));
  throw new UserError(
    'E_USAGE',
    `two of the reports are from run ${twice}; render them one at a time into different folders`,
  );
}
