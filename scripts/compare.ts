import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { streamColors } from '../lib/app/cli/stream-colors.ts';
import { streamWidth } from '../lib/app/cli/stream-width.ts';
import { parseCompareFlags } from '../lib/app/compare/parse-compare-flags.ts';
import { runCompare } from '../lib/app/compare/run-compare.ts';
import { comparisonText } from '../lib/core/render/compare/comparison-text.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  const flags = parseCompareFlags(process.argv.slice(2));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const { comparison, exitCode } = await runCompare(flags, { root: ROOT, say });
  const { stdout, env } = process;
  const look = { colors: streamColors(stdout, env), width: streamWidth(stdout) };
  stdout.write(flags.json ? `${JSON.stringify(comparison)}\n` : comparisonText(comparison, look));
  return exitCode;
});
