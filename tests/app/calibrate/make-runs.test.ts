import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeRuns } from '../../../lib/app/calibrate/make-runs.ts';
import { readHistory } from '../../../lib/node/store/history.ts';
import { steadyReport } from '../../core/compare/sample-reports.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'make-runs-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

/** Runs that end with the given exit codes, one after the other. */
async function made(count: number, exitCodes: readonly number[]) {
  const outs: string[] = [];
  const said: string[] = [];
  const run = async (out: string): Promise<number> => {
    const seed = outs.push(path.basename(out));
    const exitCode = exitCodes[seed - 1] ?? 0;
    const verdict = exitCode === 3 ? 'invalid' : 'pass';
    await mkdir(out, { recursive: true });
    const report = steadyReport({ seed, changes: { verdict } });
    await writeFile(path.join(out, 'report.json'), JSON.stringify(report));
    return exitCode;
  };
  const plan = { count, folder: path.join(dir, 'now'), historyDir: dir };
  const result = await makeRuns({ ...plan, run, say: (line) => void said.push(line) });
  const { entries } = await readHistory(dir);
  return { ...result, outs, said, verdicts: entries.map(({ verdict }) => verdict) };
}

it('makes an INVALID run once more, and keeps it out of the history', async () => {
  const { exitCode, reports, outs, verdicts } = await made(4, [0, 3, 1, 0, 3, 0]);
  expect(exitCode).toBe(0);
  expect(outs).toEqual(['001', '002', '002-again', '003', '004', '004-again']);
  expect(reports.map(({ run }) => run.id)).toEqual(['run-1', 'run-3', 'run-4', 'run-6']);
  expect(verdicts).toEqual(Array(4).fill('pass'));
});

it('ends at the second INVALID in a row, with what was measured', async () => {
  const { exitCode, reports, outs, said } = await made(10, [0, 0, 0, 3, 3]);
  expect(exitCode).toBe(3);
  expect(reports).toHaveLength(3);
  expect(outs.at(-1)).toBe('004-again');
  expect(said.at(-1)).toMatch(/^The calibration stops: .*004-again is INVALID too/);
});

it('ends at a run that cannot be made', async () => {
  const { exitCode, outs } = await made(10, [0, 4]);
  expect({ exitCode, outs }).toEqual({ exitCode: 4, outs: ['001', '002'] });
});
