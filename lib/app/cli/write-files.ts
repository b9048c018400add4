import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';

/**
 * Writes files into a folder, creating it if necessary, and returns their paths.
 * @throws UserError E_RESULTS_UNWRITABLE (exit 4), for a command whose folder is chosen with --out.
 */
export async function writeFiles(
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
      `Cannot write to ${folder} (${codeOf(error)}). Name another folder with --out.`,
      EXIT.environment,
    );
  }
}
