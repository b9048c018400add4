import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { streamColors } from '../lib/app/cli/stream-colors.ts';
import { writeFiles } from '../lib/app/cli/write-files.ts';
import { parseCompareFlags } from '../lib/app/compare/parse-compare-flags.ts';
import { compareSides } from '../lib/app/compare/read-sides.ts';
import type { CompareVerdict } from '../lib/core/compare/comparison.ts';
import { EXIT } from '../lib/core/config/user-error.ts';
import { renderComparisonFiles } from '../lib/core/render/compare/comparison-files.ts';
import { comparisonText } from '../lib/core/render/compare/comparison-text.ts';
import { bundlePage } from '../lib/node/bundle/bundle-page.ts';

const PAGE_DIR = fileURLToPath(new URL('../lib/page', import.meta.url));

runMain(process, async () => {
  const flags = parseCompareFlags(process.argv.slice(2));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const compared = await compareSides(flags, say);
  const { comparison } = compared;
  if (flags.formats.length > 0) {
    const files = renderComparisonFiles(compared, flags.formats, await bundlePage(PAGE_DIR));
    for (const file of await writeFiles(flags.out, files)) say(`written: ${file}`);
  }
  const colors = streamColors(process.stdout, process.env);
  process.stdout.write(
    flags.json ? `${JSON.stringify(comparison)}\n` : comparisonText(comparison, { colors }),
  );
  return exitCodeOf(comparison.verdict, flags.strict);
});

function exitCodeOf(verdict: CompareVerdict, strict: boolean): number {
  if (verdict === 'regress') return EXIT.sloMissed;
  const isOpen = verdict === 'inconclusive' || verdict === 'incomparable';
  return strict && isOpen ? EXIT.invalid : EXIT.pass;
}
