import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compareRuns } from '../../lib/core/compare/compare-runs.ts';
import { historyEntryOf } from '../../lib/core/history/history-entry.ts';
import { parseHistory } from '../../lib/core/history/parse-history.ts';
import { parseReport } from '../../lib/questions/parse-report.ts';
import { runScript } from './run-script.ts';

/** Of a real run, as the suite wrote them in 2026-11. Never to be written anew: old files must load. */
const REPORT = path.join(import.meta.dirname, '../fixtures/report-v1.0.json');
const HISTORY = path.join(import.meta.dirname, '../fixtures/history-v1.0.jsonl');

const text = await readFile(REPORT, 'utf8');
const line = await readFile(HISTORY, 'utf8');

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'old-report-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' };
const trend = (...args: string[]) =>
  runScript('trend', ['--history', path.join(dir, 'history'), ...args], env);
const compare = (...args: string[]) => runScript('compare', [...args, '--json'], env);

/** The old report with changes, in the folder of a run. */
async function keep(run: string, changes: object): Promise<string> {
  const report = JSON.parse(text) as { run: object };
  const folder = path.join(dir, 'results', run);
  await mkdir(folder, { recursive: true });
  const changed = { ...report, run: { ...report.run, id: run }, ...changes };
  await writeFile(path.join(folder, 'report.json'), JSON.stringify(changed));
  return folder;
}

it('reads a report and a history line of version 1.0 without a loss', () => {
  const report = parseReport(text, REPORT);
  expect(report).toEqual(JSON.parse(text));
  const { entries, skipped } = parseHistory(line, HISTORY);
  expect(skipped).toEqual([]);
  expect(entries).toEqual([JSON.parse(line)]);
  // An entry of today has more fields, under a later minor version.
  const { historyVersion: _, ...figures } = JSON.parse(line);
  expect(historyEntryOf(report)).toMatchObject(figures);
});

it('compares it with a run of today', () => {
  const old = parseReport(text, REPORT);
  const today = { ...old, run: { ...old.run, id: 'today' } };
  const { verdict, incomparable } = compareRuns({
    a: { name: 'old', reports: [old] },
    b: { name: 'today', reports: [today] },
    history: [],
  });
  expect({ verdict, incomparable }).toEqual({ verdict: 'inconclusive', incomparable: [] });
});

it('compares and imports it, and one of a later minor version with fields of its own', async () => {
  const later = { schemaVersion: '1.99', fromTheFuture: { some: ['thing'] } };
  const folders = [await keep('old', {}), await keep('later', later)];
  const compared = await compare(...folders);
  expect(compared).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(compared.stdout)).toMatchObject({ verdict: 'inconclusive', incomparable: [] });
  await mkdir(path.join(dir, 'history'));
  await copyFile(HISTORY, path.join(dir, 'history', 'steady.jsonl'));
  const imported = await trend('--import', path.join(dir, 'results'), '--json');
  expect(imported.stderr).toBe(`imported  2 runs from ${path.join(dir, 'results')}\n`);
  expect(JSON.parse(imported.stdout)).toMatchObject([{ scenario: 'steady', runs: 3 }]);
});

it('refuses one of the next major version in one line', async () => {
  const folder = await keep('next', { schemaVersion: '2.0' });
  const refused = await compare(folder, await keep('old', {}));
  expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
  expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(refused.stderr).toContain('is a report of version 2.0, but this suite reads version 1.x');
  const imported = await trend('--import', path.join(dir, 'results'));
  expect(imported.stderr).toContain('not imported: ');
  expect(imported.stderr).toContain('imported  1 runs');
});
