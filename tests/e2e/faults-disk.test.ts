import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, statfsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../lib/node/store/read-report.ts';
import { startLoad } from './support/start-load.ts';
import { startOrderServer } from './support/start-order-server.ts';

const SERVER = { answers: ['created'], delaysMs: [2] } as const;
const LOAD = 'steady --rate 20 --duration 4s --target';
const DISK_BYTES = 60 * 2 ** 20;

/** A file system of 60 MiB, or null where this user may not mount one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'order-load-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'none', folder], {
      stdio: 'ignore',
    });
    return folder;
  } catch {
    return null;
  }
}

async function unmount(folder: string): Promise<void> {
  execFileSync('umount', ['-l', folder]);
  await rm(folder, { recursive: true });
}

/** Leaves no byte, also none for a file that is already there. */
function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize));
}

function makeReadOnly(folder: string): void {
  execFileSync('mount', ['-o', 'remount,ro', folder]);
}

describe.concurrent('the folder of the results', () => {
  it('below a file ends the run before its first order', async (context) => {
    const server = await startOrderServer(SERVER);
    context.onTestFinished(server.kill);
    const load = startLoad(`${LOAD} ${server.url}`, { out: '/dev/null/results' });
    context.onTestFinished(load.dispose);
    const { exitCode, stdout, stderr } = await load.done;
    expect(exitCode).toBe(4);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error \[E_RESULTS_UNWRITABLE\]: .*ENOTDIR.*--out.*\n$/);
    expect(await server.log()).toEqual({ orders: [], others: [] });
  });

  it.for([
    { state: 'full', make: fill, says: /only 0 MiB are free/ },
    { state: 'read-only', make: makeReadOnly, says: /EROFS/ },
  ])('on a $state disk ends the run before its first order', async ({ make, says }, context) => {
    const disk = mountSmallDisk();
    if (disk === null) return context.skip('needs the right to mount a file system');
    context.onTestFinished(() => unmount(disk));
    make(disk);
    const server = await startOrderServer(SERVER);
    context.onTestFinished(server.kill);
    const load = startLoad(`${LOAD} ${server.url}`, { out: disk });
    context.onTestFinished(load.dispose);
    const { exitCode, stderr } = await load.done;
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^error \[E_RESULTS_UNWRITABLE\]: [^\n]*\n$/);
    expect(stderr).toMatch(says);
    expect(await server.log()).toEqual({ orders: [], others: [] });
  });

  it('on a disk that fills up in the run: the report is kept elsewhere', async (context) => {
    const disk = mountSmallDisk();
    if (disk === null) return context.skip('needs the right to mount a file system');
    context.onTestFinished(() => unmount(disk));
    const server = await startOrderServer(SERVER);
    context.onTestFinished(server.kill);
    const load = startLoad(`${LOAD} ${server.url}`, { out: disk });
    context.onTestFinished(load.dispose);
    await server.sawOrders(20);
    fill(disk);
    const { exitCode, stderr } = await load.done;
    expect(exitCode).toBe(4);
    const errors = stderr.split('\n').filter((line) => line.startsWith('error'));
    expect(errors).toEqual([expect.stringMatching(/the disk is full.*It was kept as \S+ instead/)]);
    const kept = /kept as (\S+) instead/.exec(stderr)?.[1] as string;
    context.onTestFinished(() => rm(dirname(kept), { recursive: true }));
    const report = await readReport(kept);
    expect(report.run.verdict).toBe('pass');
    expect(report.requests.total).toBe((await server.log()).orders.length);
    expect(existsSync(join(disk, 'report.json'))).toBe(false);
  });
});
