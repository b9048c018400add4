import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRuns } from '../../../lib/node/store/read-runs.ts';
import { sampleReport } from '../../core/report/sample-run.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'read-runs-'));
});
afterEach(() => rm(dir, { recursive: true }));

const reportOf = (run: string) => JSON.stringify(sampleReport({}, { plan: { run } }));

async function write(name: string, text: string): Promise<void> {
  const file = path.join(dir, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

it('reads what is whole and has one line for each file that is not', async () => {
  await write('a/report.json', reportOf('one'));
  await write('report.previous.json', reportOf('zero'));
  await write('a/other.json', '{}');
  await write('two.json', reportOf('two'));
  await write('again.json', reportOf('two'));
  await write('cut.json', reportOf('three').slice(0, 500));
  await write('foreign.json', '{"metrics":{}}');
  await write('newer.json', reportOf('four').replace('"schemaVersion":"1.', '"schemaVersion":"9.'));
  await write('empty.json', '');
  const { reports, skipped } = await readRuns(dir);
  expect(reports.map(({ run }) => run.id).sort()).toEqual(['one', 'two']);
  expect(skipped).toHaveLength(5);
  for (const name of ['cut', 'foreign', 'newer', 'empty', 'two']) {
    expect(
      skipped.filter((line) => line.includes(`${name}.json`) && !line.includes('\n')),
    ).toHaveLength(1);
  }
});

it('takes the folder of one run, and says why there is none', async () => {
  await write('report.json', reportOf('one'));
  expect((await readRuns(dir)).reports).toHaveLength(1);
  await expect(readRuns(path.join(dir, 'missing'))).rejects.toMatchObject({ exitCode: 2 });
  await mkdir(path.join(dir, 'empty'));
  await expect(readRuns(path.join(dir, 'empty'))).rejects.toThrow('no readable report');
});
