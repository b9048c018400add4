import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Comparison } from '../../lib/core/compare/comparison.ts';
import type { Report } from '../../lib/core/report/schema/report-schema.ts';
import { appendHistory } from '../../lib/node/store/history.ts';
import { steadyReport } from '../core/compare/sample-reports.ts';
import { sampleHistory } from '../core/history/sample-history.ts';
import { runScript } from './run-script.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'compare-test-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' };
const compare = (...args: string[]) => runScript('compare', args, env);
const comparisonIn = ({ stdout }: { stdout: string }) => JSON.parse(stdout) as Comparison;

/** A folder of runs as `npm run load` leaves them. */
async function side(name: string, reports: readonly Report[]): Promise<string> {
  const folder = path.join(dir, name);
  for (const report of reports) {
    await mkdir(path.join(folder, report.run.id), { recursive: true });
    await writeFile(path.join(folder, report.run.id, 'report.json'), JSON.stringify(report));
  }
  return folder;
}

/** Runs of even seeds are A's and of odd ones B's, so that neither side came before the other. */
const runs = (count: number, offset: 0 | 1, slower = 0) =>
  Array.from({ length: count }, (_, i) =>
    steadyReport({ seed: 2 * i + offset, slower, runCv: 0.01 }),
  );

describe('npm run compare', () => {
  it('finds a slower B among repeated runs: exit 1, in every format', async () => {
    const [a, b] = [await side('a', runs(5, 0)), await side('b', runs(5, 1, 0.2))];
    const out = path.join(dir, 'out');
    const found = await compare(a, b, '--format', 'json,md,junit,html', '--out', out);
    expect(found.exitCode).toBe(1);
    expect(found.stdout.split('\n')[0]).toMatch(/^✕ REGRESS/);
    expect((await readdir(out)).sort()).toEqual([
      'comparison.html',
      'comparison.json',
      'comparison.junit.xml',
      'comparison.md',
    ]);
    const written = await readFile(path.join(out, 'comparison.json'), 'utf8');
    expect(JSON.parse(written)).toMatchObject({ verdict: 'regress', mode: 'repeated' });
  });

  it('cannot tell from one pair without a history: exit 0, or 3 with --strict', async () => {
    const [a, b] = [await side('a', runs(1, 0)), await side('b', runs(1, 1, 0.5))];
    const lenient = await compare(a, b, '--json');
    expect(lenient.exitCode).toBe(0);
    expect(comparisonIn(lenient).verdict).toBe('inconclusive');
    expect(comparisonIn(lenient).advice.join()).toContain('npm run calibrate');
    expect((await compare(a, b, '--strict')).exitCode).toBe(3);
  });

  it('holds one candidate against a folder of past runs', async () => {
    const past = await side('past', runs(10, 0));
    const late = steadyReport({ seed: 99, slower: 0.3 });
    const found = await compare(await side('tonight', [late]), '--history', past, '--json');
    expect(comparisonIn(found)).toMatchObject({ verdict: 'regress', mode: 'candidate' });
    expect(found.exitCode).toBe(1);
  });

  it('is open, not broken, while the history is still empty', async () => {
    const empty = path.join(dir, 'history');
    await mkdir(empty);
    const tonight = await side('tonight', runs(1, 0));
    const found = await compare(tonight, '--history', empty, '--json');
    expect(comparisonIn(found).verdict).toBe('inconclusive');
    expect(found).toMatchObject({ exitCode: 0 });
    expect(found.stderr).toContain(`there is no run in ${empty} yet`);
    const mistyped = await compare(tonight, '--history', path.join(dir, 'histroy'));
    expect(mistyped).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('is open, with one clear line, where a history has change points or broken lines alone', async () => {
    const history = path.join(dir, 'history');
    await mkdir(path.join(history, 'confirmed'), { recursive: true });
    await writeFile(path.join(history, 'confirmed', 'change-points.jsonl'), '');
    const tonight = await side('tonight', runs(1, 0));
    const confirmed = await compare(tonight, '--history', history);
    expect(confirmed).toMatchObject({
      exitCode: 0,
      stderr: `there is no run in ${history} yet, so it is not known how much runs differ\n`,
    });
    await writeFile(path.join(history, 'steady.jsonl'), '{"half\n');
    const broken = await compare(tonight, '--history', history);
    expect(broken.exitCode).toBe(0);
    expect(broken.stderr).toMatch(
      /^left out: .*steady[.]jsonl:1 is not JSON.*\nthere is no readable run in .* yet.*\n$/,
    );
  });

  it('says that no run of the history is like those that are compared', async () => {
    const history = path.join(dir, 'history');
    for (const entry of sampleHistory(12)) {
      await appendHistory(history, { ...entry, run: `night-${entry.run}` });
    }
    const [a, b] = [await side('a', runs(1, 0)), await side('b', runs(1, 1))];
    for (const sides of [[a, b], [b]]) {
      const { stdout, exitCode } = await compare(...sides, '--history', history);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(
        `None of the 12 runs in ${history} has this scenario, load and target`,
      );
    }
  });

  it('leaves out what is broken, cut off, foreign or of a newer version, each in a line', async () => {
    const [a, b] = [await side('a', runs(4, 0)), await side('b', runs(4, 1))];
    const newer = { ...steadyReport({ seed: 50 }), schemaVersion: '2.0' };
    const whole = JSON.stringify(steadyReport({ seed: 51 }));
    const bad = {
      cut: whole.slice(0, 5000),
      foreign: '{"metrics":{}}',
      newer: JSON.stringify(newer),
    };
    for (const [name, text] of Object.entries(bad)) {
      await mkdir(path.join(b, name));
      await writeFile(path.join(b, name, 'report.json'), text);
    }
    const found = await compare(a, b, '--json');
    expect(comparisonIn(found).b.runs).toHaveLength(4);
    const lines = found.stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const name of Object.keys(bad)) {
      expect(lines.some((line) => line.startsWith('left out: ') && line.includes(name))).toBe(true);
    }
  });

  it('refuses a run on both sides, other loads as incomparable, and what it does not know', async () => {
    const [a, one] = [await side('a', runs(2, 0)), await side('one', runs(1, 0))];
    expect(await compare(a, one)).toMatchObject({
      ...{ exitCode: 2, stdout: '' },
      stderr: expect.stringMatching(/run run-0 is on both sides/),
    });
    const spike = steadyReport({ seed: 7, changes: { scenario: 'spike' } });
    const other = await compare(one, await side('spike', [spike]), '--strict', '--json');
    expect(comparisonIn(other).verdict).toBe('incomparable');
    expect(other.exitCode).toBe(3);
    for (const args of [[a], [a, one, a], [a, path.join(dir, 'nowhere')], [a, one, '--nope']]) {
      const refused = await compare(...args);
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
      expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });
});
