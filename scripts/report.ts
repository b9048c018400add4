import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { parseReportFlags } from '../lib/app/report/parse-report-flags.ts';
import { runReport } from '../lib/app/report/run-report.ts';
import { EXIT } from '../lib/core/errors/user-error.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  const flags = parseReportFlags(process.argv.slice(2));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const written = await runReport(flags, { root: ROOT, say });
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(written)}\n`
      : `${written.flatMap(({ files }) => files).join('\n')}\n`,
  );
  return EXIT.pass;
});
