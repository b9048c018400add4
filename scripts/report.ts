import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { writeFiles } from '../lib/app/cli/write-files.ts';
import { parseReportFlags } from '../lib/app/report/parse-report-flags.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { renderReportFiles } from '../lib/core/render/report-files.ts';
import { bundlePage } from '../lib/node/bundle/bundle-page.ts';
import { type RunReport, readRunReport } from '../lib/node/store/read-run-report.ts';
import { answerAgain } from '../lib/questions/answer-again.ts';

const PAGE_DIR = fileURLToPath(new URL('../lib/page', import.meta.url));

runMain(process, async () => {
  const flags = parseReportFlags(process.argv.slice(2));
  const read: RunReport[] = [];
  // All are read before any is written, so that a mistake leaves nothing half done.
  for (const run of flags.runs) read.push(await readRunReport(run));
  const folders = foldersOf(read, flags.out);
  const page = await bundlePage(PAGE_DIR);
  const written: { run: string; verdict: string; files: string[] }[] = [];
  for (const [position, { file, report: recorded }] of read.entries()) {
    const { report, otherVerdict } = answerAgain(recorded);
    const { id, verdict } = recorded.run;
    if (otherVerdict !== null) {
      process.stderr.write(
        `${file}: the recorded verdict ${verdict} stays; today's rules would say ${otherVerdict.verdict}: ${otherVerdict.reason}\n`,
      );
    }
    const files = renderReportFiles(report, flags.formats, page);
    const folder = folders[position] as string;
    written.push({ run: id, verdict, files: await writeFiles(folder, files) });
  }
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(written)}\n`
      : `${written.flatMap(({ files }) => files).join('\n')}\n`,
  );
  return EXIT.pass;
});

/** Beside each report, or in `out`: of several runs each in a folder of the run's name. */
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
    `two of the reports are of run ${twice}; render them one by one into different folders`,
  );
}
