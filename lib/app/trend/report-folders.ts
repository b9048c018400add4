import { access } from 'node:fs/promises';
import path from 'node:path';
import type { HistoryEntry } from '../../core/history/history-entry.ts';

/** The runs whose report is in a folder of their name below `root`, each with that folder's name. */
export async function reportFolders(
  root: string,
  entries: readonly HistoryEntry[],
): Promise<ReadonlyMap<string, string>> {
  const folders = new Map<string, string>();
  await Promise.all(
    entries.map(async ({ run }) => {
      // An id comes from a file that anyone may have written.
      if (path.basename(run) !== run) return;
      const isThere = await access(path.join(root, run, 'report.json')).then(
        () => true,
        () => false,
      );
      if (isThere) folders.set(run, run);
    }),
  );
  return folders;
}
