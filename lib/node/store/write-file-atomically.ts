import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file under a temporary name beside it, syncs it and renames it, so a kill or a full disk leaves either the
 * whole old file or the whole new one.
 *
 * Does not use the package write-file-atomic: its version 6 takes a short write, which happens on a nearly full disk,
 * for a complete one, and renames the truncated file into place.
 * @throws the error of the file system; the temporary file is removed.
 */
export async function writeFileAtomically(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** Syncs the folder, so the rename survives a power cut. Not every file system can. */
async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r').catch(() => null);
  if (handle === null) return;
  try {
    await handle.sync();
  } catch {
    // The file is complete either way; only its new name could be lost in a power cut.
  } finally {
    await handle.close();
  }
}
