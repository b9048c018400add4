import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unzip } from 'fflate';
import * as tar from 'tar';
import { whyNotExecutable } from './executable.ts';
import type { K6Asset } from './k6-release.ts';

/**
 * Unpacks k6's binary, and nothing else, from a release's archive into `folder`, and returns its path. Verify the
 * archive's checksum before.
 */
export async function extractEntry(
  archive: string,
  { format, entry }: Pick<K6Asset, 'format' | 'entry'>,
  folder: string,
): Promise<string> {
  const binary = join(folder, basename(entry));
  if (format === 'zip') {
    await writeFile(binary, await readZipEntry(archive, entry), { mode: 0o755 });
  } else {
    await tar.extract({ file: archive, cwd: folder, strip: 1, strict: true }, [entry]);
  }
  const problem = await whyNotExecutable(binary);
  if (problem !== undefined) throw new Error(`${entry} in the archive ${problem}`);
  return binary;
}

async function readZipEntry(archive: string, entry: string): Promise<Uint8Array> {
  const bytes = await readFile(archive);
  const files = await new Promise<Record<string, Uint8Array>>((resolve, reject) => {
    unzip(bytes, { filter: ({ name }) => name === entry }, (error, unzipped) =>
      error === null ? resolve(unzipped) : reject(error),
    );
  });
  const file = files[entry];
  if (file === undefined) throw new Error(`the archive has no ${entry}`);
  return file;
}
