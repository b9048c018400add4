import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendHistory, readHistory } from '../../../lib/node/store/history.ts';
import { sampleEntry } from '../../core/history/sample-history.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'history-test-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const file = () => path.join(dir, 'steady.jsonl');
const runsIn = async () => (await readHistory(dir)).entries.map(({ run }) => run);

describe('the history', () => {
  it('is empty where there is none, gives back what was added, by time, each run once', async () => {
    expect(await readHistory(path.join(dir, 'nowhere'))).toEqual({ entries: [], skipped: [] });
    for (const night of [2, 0, 1, 2]) await appendHistory(dir, sampleEntry(night));
    expect((await readHistory(dir)).entries).toEqual([0, 1, 2].map((night) => sampleEntry(night)));
  });

  it('skips a line that was cut off with a word, and goes on behind it', async () => {
    await appendHistory(dir, sampleEntry(0));
    await appendHistory(dir, sampleEntry(1));
    const { length } = await readFile(file());
    await truncate(file(), length - 40);
    await appendHistory(dir, sampleEntry(2));
    const { skipped } = await readHistory(dir);
    expect(await runsIn()).toEqual(['run-0', 'run-2']);
    expect(skipped).toEqual([expect.stringMatching(/steady\.jsonl:2 .*cut off.*skipped/)]);
  });

  it('finds the line of a writer that wrote right behind one that died', async () => {
    await appendFile(file(), `${JSON.stringify(sampleEntry(0)).slice(0, 100)}`);
    await appendFile(file(), `${JSON.stringify(sampleEntry(1))}\n`);
    expect(await runsIn()).toEqual(['run-1']);
  });

  it('skips foreign and newer lines with a word, and takes newer minors', async () => {
    const lines = [
      '{"a":1}',
      JSON.stringify({ ...sampleEntry(0), historyVersion: '2.0' }),
      JSON.stringify({ ...sampleEntry(1), historyVersion: '1.9', more: true }),
      JSON.stringify({ ...sampleEntry(2), rps: 'many' }),
    ];
    await writeFile(file(), `${lines.join('\n')}\n`);
    expect(await runsIn()).toEqual(['run-1']);
    const { skipped } = await readHistory(dir);
    expect(skipped.map((line) => line.replace(/^.*jsonl:/, ''))).toEqual([
      '1 is JSON, but not a history entry; skipped',
      '2 has version 2.0; this suite reads 1.x; skipped',
      expect.stringMatching(/^4 does not match version 1\.4 at rps/),
    ]);
  });

  it('keeps every line whole under writers at the same time', async () => {
    const root = path.join(import.meta.dirname, '../../..');
    const script = `
      import { appendHistory } from '${root}/lib/node/store/history.ts';
      import { sampleEntry } from '${root}/tests/core/history/sample-history.ts';
      const [, dir, from] = process.argv;
      const label = 'x'.repeat(9000);
      (async () => {
        for (let i = 0; i < 40; i += 1) await appendHistory(dir, sampleEntry(Number(from) + i, { label }));
      })();`;
    const writer = (from: number) =>
      new Promise<number | null>((done, fail) => {
        const args = ['--import', import.meta.resolve('tsx'), '-e', script, dir, String(from)];
        const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
        child.once('error', fail);
        child.once('close', done);
      });
    expect(await Promise.all([writer(0), writer(100), writer(200)])).toEqual([0, 0, 0]);
    const { entries, skipped } = await readHistory(dir);
    expect({ runs: entries.length, skipped }).toEqual({ runs: 120, skipped: [] });
  });
});
