import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import type { CompareVerdict } from '../lib/core/compare/comparison.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { renderComparisonFiles } from '../lib/core/render/compare/comparison-files.ts';
import { comparisonText } from '../lib/core/render/compare/comparison-text.ts';
import { bundlePage } from '../lib/node/bundle/bundle-page.ts';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';
import { parseCompareFlags } from './compare/parse-compare-flags.ts';
import { compareSides } from './compare/read-sides.ts';
import { runMain } from './run-main.ts';

const PAGE_DIR = fileURLToPath(new URL('../lib/page', import.meta.url));

runMain(async () => {
  const flags = parseCompareFlags(process.argv.slice(2));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const compared = await compareSides(flags, say);
  const { comparison } = compared;
  if (flags.formats.length > 0) {
    const files = renderComparisonFiles(compared, flags.formats, await bundlePage(PAGE_DIR));
    for (const file of await writeAll(flags.out, files)) say(`written: ${file}`);
  }
  const colors = createColors().isColorSupported && process.stdout.isTTY;
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

async function writeAll(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true });
    const paths = files.map(({ name }) => path.join(folder, name));
    for (const [position, { text }] of files.entries()) {
      await writeFileAtomically(paths[position] as string, text);
    }
    return paths;
  } catch (error) {
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot write to ${folder} (${(error as NodeJS.ErrnoException).code}). Name another folder with --out.`,
      EXIT.environment,
    );
  }
}
