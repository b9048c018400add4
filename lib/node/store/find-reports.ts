import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import { UserError } from '../../core/errors/user-error.ts';

/**
 * The paths of every `report.json` below a folder, sorted.
 * @throws UserError E_RESULTS_UNREADABLE (exit 2) if there is no such folder.
 */
export async function findReports(root: string): Promise<string[]> {
  try {
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.name === 'report.json' && !entry.isDirectory())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    const code = codeOf(error);
    throw new UserError(
      'E_RESULTS_UNREADABLE',
      `Cannot look for reports in ${root} (${code}). Name a folder with results.`,
    );
  }
}
