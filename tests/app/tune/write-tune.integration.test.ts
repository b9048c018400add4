import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeTune } from '../../../lib/app/tune/write-tune.ts';
import { parseTune } from '../../../lib/core/tune/parse-tune.ts';
import type { TuneResult } from '../../../lib/core/tune/schema/tune-schema.ts';
import { readSweeps } from '../../../lib/node/store/sweep-history.ts';
import { sampleBatch, samplePower, sampleTune } from '../../core/tune/sample-tune.ts';
import { runScript } from '../../scripts/run-script.ts';

const ROOT = join(import.meta.dirname, '../../..');

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'order-load-tune-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const folders = () => ({ root: ROOT, history: join(home, 'history') });

const later = (result: TuneResult, status: TuneResult['run']['status'] = 'completed') => ({
  ...result,
  run: { ...result.run, id: 'later', startedAt: '2026-12-07T19:00:00.000Z', status },
});

it('leaves the files of a sweep, which npm run report writes again to the byte', async () => {
  const dir = join(home, 'sweep');
  await writeTune(dir, sampleTune({ power: samplePower() }), folders());
  const names = (await readdir(dir)).sort();
  expect(names).toEqual(['power-tuning-x86.json', 'tune.html', 'tune.json', 'tune.md', 'tune.txt']);
  const contents = () => Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  const before = await contents();
  expect(JSON.parse(before[0] ?? '')).toEqual(samplePower().powerTuning[0]?.output);
  for (const given of [dir, join(dir, 'tune.json')]) {
    for (const name of names.filter((one) => one !== 'tune.json')) {
      await writeFile(join(dir, name), 'stale');
    }
    const { exitCode } = await runScript('report', [given], { PATH: process.env['PATH'] ?? '' });
    expect(exitCode).toBe(0);
    expect(await contents()).toEqual(before);
  }
});

it('has no JUnit of a sweep', async () => {
  const dir = join(home, 'sweep');
  await writeTune(dir, sampleTune({ power: samplePower() }), { root: ROOT, history: null });
  const { exitCode, stderr } = await runScript('report', [dir, '--format', 'junit'], {
    PATH: process.env['PATH'] ?? '',
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('is the result of a sweep, which has no junit');
});

it('adds a completed sweep to the history once, and an interrupted one not at all', async () => {
  const result = sampleTune({ batch: sampleBatch() });
  await writeTune(
    join(home, 'a'),
    { ...result, run: { ...result.run, status: 'interrupted' } },
    folders(),
  );
  expect((await readSweeps(folders().history)).sweeps).toEqual([]);
  await writeTune(join(home, 'a'), result, folders());
  await writeTune(join(home, 'a'), result, folders());
  const text = await readFile(join(home, 'history/sweeps/tune.jsonl'), 'utf8');
  expect(text.trim().split('\n')).toHaveLength(1);
});

it('says in a later sweep whether the best moved', async () => {
  const first = sampleTune({ power: samplePower() });
  expect((await writeTune(join(home, 'a'), first, folders())).result.earlier).toBeNull();
  const moved = samplePower({}, { chosen: { memoryMb: 1024, architecture: 'x86' } });
  await writeTune(join(home, 'b'), later(sampleTune({ power: moved })), folders());
  const { earlier } = parseTune(await readFile(join(home, 'b/tune.json'), 'utf8'), 'tune.json');
  expect(earlier).toMatchObject({ id: first.run.id, best: { memoryMb: 512 }, move: 'moved' });
  expect(await readFile(join(home, 'b/tune.txt'), 'utf8')).toContain(
    'The best has moved: 512 MB was the best on 30 Nov 2026.',
  );
});
