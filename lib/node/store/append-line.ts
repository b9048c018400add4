import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';

const NEWLINE = 0x0a;

/**
 * Appends one line to a file that other processes may append to at the same time, and syncs it.
 *
 * The line is one `write` on a descriptor opened with O_APPEND: the kernel moves to the end and writes under the lock
 * of the inode, whatever the length, so lines of several writers never mix (POSIX write(); network file systems do not
 * guarantee it). There is no lock file that a crash could leave behind. If a crash cut off the last line, the new one
 * still begins on a line of its own.
 * @param line one line of JSON, without the line end.
 * @throws the error of the file system; a full disk may leave a part of the line.
 */
export async function appendLine(file: string, line: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, 'a+');
  try {
    const bytes = Buffer.from(`${(await endsMidLine(handle)) ? '\n' : ''}${line}\n`);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten < bytes.length) {
      throw Object.assign(new Error(`only a part of the line fitted into ${file}`), {
        code: 'ENOSPC',
      });
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function endsMidLine(handle: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== NEWLINE;
}
