import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunDir } from '../../../lib/node/store/create-run-dir.ts';
import { readReport } from '../../../lib/node/store/read-report.ts';
import { writeReport } from '../../../lib/node/store/write-report.ts';
import { sampleReport } from '../../core/report/sample-run.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'store-test-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('createRunDir', () => {
  it('makes the folder of a run', async () => {
    const dir = await createRunDir({ root: path.join(root, 'results'), run: 'r1' });
    expect(dir).toBe(path.join(root, 'results', 'r1'));
    expect(await readdir(dir)).toEqual([]);
  });

  it('takes --out as it is and keeps the report that was there', async () => {
    const out = path.join(root, 'out');
    await mkdir(out);
    await writeFile(path.join(out, 'report.json'), 'old');
    await writeFile(path.join(out, 'other.txt'), 'untouched');
    expect(await createRunDir({ root, run: 'r1', out })).toBe(out);
    expect(await readdir(out)).toEqual(['other.txt', 'report.previous.json']);
    expect(await readFile(path.join(out, 'report.previous.json'), 'utf8')).toBe('old');
  });

  it('removes what an earlier run made beside its report, which would pass for this one', async () => {
    for (const name of ['report.json', 'junit.xml', 'mine.txt']) {
      await writeFile(path.join(root, name), 'old');
    }
    await createRunDir({ root, run: 'r1', out: root, siblings: ['junit.xml', 'report.html'] });
    expect(await readdir(root)).toEqual(['mine.txt', 'report.previous.json']);
  });

  it('refuses a folder that cannot be made, in one line, exit 4', async () => {
    const file = path.join(root, 'file');
    await writeFile(file, '');
    const attempt = createRunDir({ root: file, run: 'r1' });
    await expect(attempt).rejects.toMatchObject({ code: 'E_RESULTS_UNWRITABLE', exitCode: 4 });
    await expect(attempt).rejects.toThrow(/^Cannot write results to .*--out\.$/);
  });

  it('refuses a folder that is not writable', async () => {
    // Root may write anywhere but into the kernel's own file system.
    const folder = process.getuid?.() === 0 ? '/sys' : root;
    if (folder === root) await chmod(root, 0o500);
    await expect(createRunDir({ root: folder, run: 'r1' })).rejects.toMatchObject({
      code: 'E_RESULTS_UNWRITABLE',
    });
    await chmod(root, 0o700);
  });
});

describe('writeReport', () => {
  it('writes the report, the files beside it and nothing else', async () => {
    const report = sampleReport();
    const file = await writeReport(root, report, {
      files: [{ name: 'summary.txt', text: 'PASS\n' }],
    });
    expect(await readReport(file)).toEqual(report);
    expect((await readdir(root)).sort()).toEqual(['report.json', 'summary.txt']);
    expect(await readFile(path.join(root, 'summary.txt'), 'utf8')).toBe('PASS\n');
  });

  it('keeps the report elsewhere when its folder is gone, and says where', async () => {
    const fallbackRoot = path.join(root, 'elsewhere');
    await mkdir(fallbackRoot);
    const error = await writeReport(path.join(root, 'gone'), sampleReport(), {
      fallbackRoot,
    }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'E_RESULTS_UNWRITABLE', exitCode: 4 });
    const kept = /kept as (\S+report\.json)/.exec((error as Error).message)?.[1] ?? '';
    expect(kept.startsWith(fallbackRoot)).toBe(true);
    expect((await readReport(kept)).run.id).toBe('r1');
  });

  it('says so when the disk is full, leaves the old report whole and no half one', async () => {
    await writeFile(path.join(root, 'report.json'), 'old');
    // A limit on file sizes answers as a disk does that is about to be full: first with a short
    // write that is no error, then with an error.
    const script = `
      import { sampleReport } from './tests/core/report/sample-run.ts';
      import { writeReport } from './lib/node/store/write-report.ts';
      const report = sampleReport({}, { context: { label: 'x'.repeat(4_000_000) } });
      await writeReport(${JSON.stringify(root)}, report, { fallbackRoot: '/nowhere' }).catch((error) => console.log(error.message));
    `;
    const { stdout } = await promisify(execFile)('bash', [
      '-c',
      'ulimit -f 2000; exec "$0" --import tsx --input-type=module -e "$1"',
      process.execPath,
      script,
    ]);
    expect(stdout).toContain('(the disk is full)');
    expect(await readdir(root)).toEqual(['report.json']);
    expect(await readFile(path.join(root, 'report.json'), 'utf8')).toBe('old');
  });

  it('admits a loss when nothing can be written anywhere', async () => {
    const gone = path.join(root, 'gone');
    await expect(writeReport(gone, sampleReport(), { fallbackRoot: gone })).rejects.toThrow(
      'is lost',
    );
  });
});

describe('readReport', () => {
  it('names a file that is not there', async () => {
    await expect(readReport(path.join(root, 'no.json'))).rejects.toMatchObject({
      code: 'E_REPORT_UNREADABLE',
      exitCode: 2,
    });
  });
});
