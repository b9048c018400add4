import { join } from 'node:path';
import type { CompareVerdict } from '../../core/compare/comparison.ts';
import { EXIT } from '../../core/errors/user-error.ts';
import { renderComparisonFiles } from '../../core/render/compare/comparison-files.ts';
import { bundlePage } from '../../node/bundle/bundle-page.ts';
import type { CommandDeps } from '../cli/command-deps.ts';
import { writeFiles } from '../cli/write-files.ts';
import type { CompareFlags } from './parse-compare-flags.ts';
import { compareSides } from './read-sides.ts';

/**
 * Compares the runs that the flags name, and writes the files of `--format`.
 * @throws UserError if they cannot be compared, or the files cannot be written.
 */
export async function runCompare(flags: CompareFlags, { root, say }: CommandDeps) {
  const compared = await compareSides(flags, say);
  if (flags.formats.length > 0) {
    const page = await bundlePage(join(root, 'lib', 'page'));
    const files = renderComparisonFiles(compared, flags.formats, page);
    for (const file of await writeFiles(flags.out, files)) say(`written: ${file}`);
  }
  const { comparison } = compared;
  return { comparison, exitCode: exitCodeOf(comparison.verdict, flags.strict) };
}

function exitCodeOf(verdict: CompareVerdict, strict: boolean): number {
  if (verdict === 'regress') return EXIT.sloMissed;
  const isOpen = verdict === 'inconclusive' || verdict === 'incomparable';
  return strict && isOpen ? EXIT.invalid : EXIT.pass;
}
