import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'zx';
import { ROOT } from './check-command.ts';
import { parseBlocks } from './markdown-blocks.ts';
import { type PageCommand, parseCommands } from './page-commands.ts';

/** A page for readers of the suite, by its path from the root. */
export async function readPages(): Promise<readonly { page: string; text: string }[]> {
  const pages = await glob(['README.md', 'CONTRIBUTING.md', 'docs/**/*.md'], { cwd: ROOT });
  return Promise.all(
    pages
      .toSorted()
      .map(async (page) => ({ page, text: await readFile(join(ROOT, page), 'utf8') })),
  );
}

export interface PlacedCommand extends PageCommand {
  readonly place: string;
}

/** The commands of all shell blocks. */
export async function readCommands(): Promise<readonly PlacedCommand[]> {
  const pages = await readPages();
  return pages.flatMap(({ page, text }) =>
    parseCommands(text).commands.map((command) => ({
      ...command,
      place: `${page}:${command.line}`,
    })),
  );
}

/** Blocks of a language, with where they stand. */
export async function readBlocks(...languages: readonly string[]) {
  const pages = await readPages();
  return pages.flatMap(({ page, text }) =>
    parseBlocks(text)
      .filter(({ language }) => languages.includes(language))
      .map((block) => ({ ...block, place: `${page}:${block.line}` })),
  );
}
