import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendHistory } from '../../lib/node/store/history.ts';
import { steadyReport } from '../core/compare/sample-reports.ts';
import { sampleEntry } from '../core/history/sample-history.ts';
import { samplePower, sampleTune } from '../core/tune/sample-tune.ts';
import { runScript } from './run-script.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'results-test-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const results = (...args: string[]) =>
  runScript('results', args, { PATH: process.env['PATH'] ?? '' });

async function keep(name: string, text: string): Promise<void> {
  await mkdir(path.join(dir, name), { recursive: true });
  await writeFile(path.join(dir, name, 'report.json'), text);
}

it('writes one page over the history and the reports that are in none, and names what is broken', async () => {
  await appendHistory(path.join(dir, 'history'), sampleEntry(1, { run: 'only-in-history' }));
  await keep('run-4', JSON.stringify(steadyReport({ seed: 4 })));
  await keep('deep/run-6', JSON.stringify(steadyReport({ seed: 6 })));
  await keep('cut', JSON.stringify(steadyReport({ seed: 8 })).slice(0, 3000));
  const { exitCode, stdout, stderr } = await results(dir, '--json');
  expect(exitCode).toBe(0);
  const file = path.join(dir, 'index.html');
  expect(JSON.parse(stdout)).toEqual({ file, runs: 3 });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain(path.join('cut', 'report.json'));
  const page = await readFile(file, 'utf8');
  for (const run of ['only-in-history', 'run-4', 'run-6']) expect(page).toContain(run);
  expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)="?https?:/);
});

it('lists the sweeps, and leaves out the runs that are part of one', async () => {
  await keep('run-4', JSON.stringify(steadyReport({ seed: 4 })));
  await keep('tune/a/runs/1-512-x86', JSON.stringify(steadyReport({ seed: 6 })));
  await writeFile(path.join(dir, 'tune/a/sweep.json'), '{}');
  const sweep = sampleTune({ power: samplePower() });
  await writeFile(path.join(dir, 'tune/a/tune.json'), JSON.stringify(sweep));
  await mkdir(path.join(dir, 'tune/cut'));
  await writeFile(path.join(dir, 'tune/cut/tune.json'), JSON.stringify(sweep).slice(0, 900));
  const { stdout, stderr } = await results(dir, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ runs: 1 });
  expect(stderr).toBe(
    `${path.join(dir, 'tune/cut/tune.json')} is not JSON, or was cut off. Name the tune.json of a sweep.\n`,
  );
  const page = await readFile(path.join(dir, 'index.html'), 'utf8');
  expect(page).toContain('href="./tune/a/tune.html#from=../../index.html"');
  expect(page).toContain('Memory of create-order, local platform');
  expect(page).not.toContain('run-6');
});

it('says first what the page says, on stderr, and the path of the page on stdout', async () => {
  const failed = sampleEntry(1, { verdict: 'fail', reason: 'Success is 95% (SLO 99%).' });
  await appendHistory(path.join(dir, 'history'), failed);
  const { stdout, stderr } = await results(dir);
  expect(stdout).toBe(`${path.join(dir, 'index.html')}\n`);
  expect(stderr).toBe('✕ 1 OF 1 FAIL  steady standard on api: Success is 95% (SLO 99%).\n');
});

it('reads the history of --history or LOAD_HISTORY, and hands it to the commands of the page', async () => {
  const [flag, variable] = [path.join(dir, 'flag'), path.join(dir, 'variable')];
  await appendHistory(flag, sampleEntry(1, { run: 'of-the-flag' }));
  await appendHistory(variable, sampleEntry(1, { run: 'of-the-variable' }));
  await keep('run-4', JSON.stringify(steadyReport({ seed: 4 })));
  const pageOf = async (...args: string[]) => {
    const env = { PATH: process.env['PATH'] ?? '', LOAD_HISTORY: variable };
    expect((await runScript('results', [dir, ...args], env)).exitCode).toBe(0);
    return readFile(path.join(dir, 'index.html'), 'utf8');
  };
  const byVariable = await pageOf();
  expect(byVariable).toContain('of-the-variable');
  expect(byVariable).toContain(JSON.stringify({ root: dir, history: variable, hasHistory: true }));
  expect(await pageOf('--history', flag)).toContain('of-the-flag');
});

it('refuses a folder that is not there, and what it does not know, in one line', async () => {
  for (const args of [[path.join(dir, 'nowhere')], [dir, '--nope']]) {
    const refused = await results(...args);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1);
  }
});
