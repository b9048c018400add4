import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REPORT_FORMATS, renderReportFiles } from '../../../lib/core/render/report-files.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { writeReport } from '../../../lib/node/store/write-report.ts';
import { pageAssets } from '../../page/report-page.ts';
import { seriesReport } from '../../page/sample-series.ts';
import { runScript } from '../../scripts/run-script.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'order-load-report-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const render = (...args: string[]) =>
  runScript('report', args, { PATH: process.env['PATH'] ?? '', HOME: root });

/** A folder as a run leaves it. */
async function leaveRun(name: string, report: Report = seriesReport()): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  const files = renderReportFiles(report, REPORT_FORMATS, await pageAssets());
  await writeReport(folder, report, { files });
  return folder;
}

const contentOf = async (folder: string) =>
  Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name), 'utf8')));

it('gives the very bytes that the run wrote, by folder and by file', async () => {
  const folder = await leaveRun('a');
  const before = await contentOf(folder);
  const names = ['report.html', 'summary.txt'];
  for (const given of [folder, join(folder, 'report.json')]) {
    for (const name of names) await writeFile(join(folder, name), 'stale');
    expect((await render(given)).exitCode).toBe(0);
    expect(await contentOf(folder)).toEqual(before);
  }
});

it('does not depend on the order of keys in which the run made its report', async () => {
  const report = seriesReport();
  const turned = Object.fromEntries(Object.entries(report).reverse()) as Report;
  const page = await pageAssets();
  expect(renderReportFiles(turned, REPORT_FORMATS, page)).toEqual(
    renderReportFiles(report, REPORT_FORMATS, page),
  );
});

it('writes only the format that was asked for, elsewhere, each run in a folder of its own', async () => {
  const one = await leaveRun('one');
  const report = seriesReport();
  const two = await leaveRun('two', { ...report, run: { ...report.run, id: '../../out' } });
  const out = join(root, 'out');
  const { exitCode, stdout } = await render(one, two, '--format', 'html', '--out', out, '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([
    { run: 'r1', verdict: report.run.verdict, files: [join(out, 'r1', 'report.html')] },
    { files: [join(out, 'two', 'report.html')] },
  ]);
  expect(await readdir(join(out, 'r1'))).toEqual(['report.html']);
});

it('stays under 500 KB with 120 windows of wide histograms', async () => {
  const report = seriesReport();
  const [window] = report.windows;
  if (window === undefined) throw new Error('no window');
  const buckets = Array.from({ length: 600 }, (_, index) => [index, 1000 + index] as const);
  const success = { ...window.success, buckets };
  const windows = Array.from({ length: 120 }, (_, index) => ({
    ...window,
    startOffsetMs: index * 1000,
    success,
  }));
  const [html] = renderReportFiles({ ...report, windows }, ['html'], await pageAssets());
  expect(Buffer.byteLength(html?.text ?? '')).toBeLessThan(500_000);
});

describe('a mistake costs one line and exit code 2', () => {
  it.each<[string, string | null, RegExp]>([
    ['no such file', null, /Cannot read .*given\.json \(ENOENT\)/],
    ['an empty file', '', /is empty/],
    ['a report that was cut off', '{"schemaVersion":"1.0","run":{', /is not JSON, or was cut off/],
    ['JSON of something else', '{"a":1}', /not a report of this suite/],
    ['a newer major version', '{"schemaVersion":"2.0"}', /is a report of version 2\.0/],
    ['a report with a hole', '{"schemaVersion":"1.0"}', /does not follow report version 1\.0/],
  ])('%s', async (_, content, line) => {
    const file = join(root, 'given.json');
    if (content !== null) await writeFile(file, content);
    const { exitCode, stdout, stderr } = await render(file);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^error \[E_[A-Z_]+\]: [^\n]+\n$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  it.each([[[]], [['x', '--format', 'pdf']], [['x', '--formt', 'html']]])(
    'arguments %j',
    async (args) => {
      const { exitCode, stderr } = await render(...args);
      expect(stderr).toMatch(/^error \[E_USAGE\]: [^\n]+\n$/);
      expect(exitCode).toBe(2);
    },
  );

  it('leaves nothing half done when one of several is broken', async () => {
    const good = await leaveRun('good');
    await writeFile(join(good, 'report.html'), 'old');
    expect((await render(good, join(root, 'gone'))).exitCode).toBe(2);
    expect(await readFile(join(good, 'report.html'), 'utf8')).toBe('old');
  });
});
