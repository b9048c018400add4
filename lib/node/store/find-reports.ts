import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import { UserError } from '../../core/errors/user-error.ts';

/** A folder with this file is that of a sweep. Its runs are part of the sweep, and no runs of their own. */
const SWEEP_FILE = 'sweep.json';

/**
 * The paths of every `report.json` below a folder, sorted, except those of sweeps.
 * @throws UserError E_RESULTS_UNREADABLE (exit 2) if there is no such folder.
 */
export async function findReports(root: string): Promise<string[]> {
  try {
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    const filesNamed = (name: string) =>
      found.filter((entry) => entry.name === name && !entry.isDirectory());
    const sweeps = filesNamed(SWEEP_FILE).map(({ parentPath }) => path.join(parentPath, path.sep));
    return filesNamed('report.json')
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !sweeps.some((folder) => file.startsWith(folder)))
      .sort();
  } catch (error) {
    const code = codeOf(error);
    throw new UserError(
      'E_RESULTS_UNREADABLE',
      `Cannot look for reports in ${root} (${code}). Name a folder with results.`,
    );
  }
}
