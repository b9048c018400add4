import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseReport } from '../../lib/questions/parse-report.ts';
import { closeBrowserAfterAll, openBrowser } from '../page/open-browser.ts';
import { startRecordingServer } from './support/recording-server.ts';
import { K6, outputOf, ROOT, temporaryFolder } from './support/run-load.ts';

closeBrowserAfterAll();

/** The URL that a run prints for its live report. */
function liveUrlOf(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = '';
    child.stderr?.on('data', (text: string) => {
      said += text;
      const url = /^live +(http:\S+)$/m.exec(said)?.[1];
      if (url !== undefined) done(url);
    });
    child.once('close', () => fail(new Error(`no live report: ${said}`)));
  });
}

it('shows a run while it goes on, and ends with the report that is on disk', async (context) => {
  const browser = await openBrowser(context);
  const server = await startRecordingServer();
  const out = join(await temporaryFolder(), 'out');
  const child = spawn(
    process.execPath,
    [
      ...[join(ROOT, 'scripts/start.mjs'), 'run', 'steady', '--live'],
      ...['--target', server.url, '--rate', '20', '--duration', '9s', '--out', out],
    ],
    {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], K6_BIN: K6 },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = outputOf(child);
  const url = await liveUrlOf(child);
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  expect(await page.textContent('h1')).toContain('Running');
  const sent = async () =>
    JSON.parse((await page.textContent('#data')) ?? '').report.requests.total as number;
  await expect.poll(sent, { timeout: 15_000, interval: 100 }).toBeGreaterThan(0);
  const early = await sent();
  await expect.poll(sent, { timeout: 15_000, interval: 100 }).toBeGreaterThan(early);
  expect(await page.textContent('h1')).toContain('Running');

  const at = () => page.locator('[data-chart="rates"] .tooltip strong').textContent();
  await page.locator('[data-chart="rates"]').press('End');
  const pointed = await at();
  expect(pointed).toMatch(/ to .* s$/);
  const before = await sent();
  await expect.poll(sent, { timeout: 15_000, interval: 50 }).toBeGreaterThan(before);
  expect(await at()).toBe(pointed);

  expect((await ended).exitCode).toBe(0);
  const report = parseReport(await readFile(join(out, 'report.json'), 'utf8'), 'report.json');
  expect(report.run.verdict).toBe('pass');
  expect(report.requests.total).toBe(server.orders.length);
  const html = await readFile(join(out, 'report.html'), 'utf8');
  const onDisk = /<script type="application\/json" id="data">(.*)<\/script>/.exec(html)?.[1];
  expect(await page.textContent('#data')).toBe(onDisk);
  expect(await page.textContent('h1')).toContain('Pass');
  expect(await page.locator('[data-chart] canvas').count()).toBeGreaterThanOrEqual(4);
  expect(complaints).toEqual([]);
  await expect(fetch(url)).rejects.toThrow();
});
