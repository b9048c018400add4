import { spawn } from 'node:child_process';
import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startRecordingServer } from './support/recording-server.ts';
import { K6, type LoadRun, outputOf, ROOT, runLoad, temporaryFolder } from './support/run-load.ts';

const CDN = 'cfCacheStatus;desc="DYNAMIC", cfEdge;dur=8,cfOrigin;dur=95';
const FORTY = ['steady', '--profile', 'quick', '--rate', '40', '--duration', '3s'];

/** An API behind a CDN that marks stored orders; /bare marks nothing, and fails one order in ten. */
async function startApi() {
  let orders = 0;
  return startRecordingServer(({ url }, response) => {
    orders += 1;
    response.setHeader('server-timing', CDN);
    if (!url.startsWith('/bare')) response.setHeader('x-order-result', 'created');
    if (orders % 10 === 0 && url.startsWith('/bare')) response.writeHead(503).end('{}');
    else response.end('"Order created successfully"');
  });
}

/** A busy machine may have made a run prove nothing, which is none of these questions. */
const ofLoads = (reasons: readonly string[]) =>
  reasons.filter((why) => !/INVALID|dropped|orders were sent at/.test(why));

function npm(...args: readonly string[]) {
  return outputOf(spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] }));
}

describe('a run is known by what was loaded, and how', () => {
  it('in its report, in compare and in trend', async () => {
    const api = await startApi();
    const history = await temporaryFolder();
    const load = (path: string, ...more: readonly string[]): Promise<LoadRun> =>
      runLoad([...FORTY, '--target', `${api.url}/${path}`, '--history', history, ...more]);
    const env = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v9' };
    const rare = ['steady', '--rate', '0.02', '--duration', '4s', '--target', `${api.url}/dev`];
    const [one, again, resent, bare, seldom] = await Promise.all([
      load('dev'),
      load('dev', '--label', 'nightly', '--release', '1.4.2'),
      load('dev', '--retry-ratio', '0.5'),
      load('bare'),
      runLoad(rare, { env }),
    ]);

    const report = await one.report();
    const perSecond = async (run: LoadRun) => (await run.report()).requests.total / 3;
    const sent = [await perSecond(one), await perSecond(again)];
    expect(report.requests).toMatchObject({ offered: 120, rps: sent[0] });
    expect(report.run).not.toHaveProperty('release');
    expect(report.target.label).toBe(`127.0.0.1:${api.port}/dev`);
    expect(report.lambda).toMatchObject({ coldStarts: { value: null }, handlerSeen: false });
    expect(one.stdout).not.toMatch(/cold starts/i);
    const { requests } = await bare.report();
    expect(requests.outcomes).toMatchObject({ platformRejected: 0 });
    expect(requests.outcomes.serverError).toBeGreaterThan(0);

    const lone = await seldom.report();
    expect(lone.run.release).toBe('v9');
    expect(lone.requests).toMatchObject({ total: 1, rps: 0.25 });
    expect(seldom.stdout).toMatch(
      /^Sent +0\.25\/s \(0\.02\/s planned\) {2}1 of 1 planned orders?$/m,
    );

    const same = await npm('run', '-s', 'compare', '--', one.out, again.out, '--json');
    const { incomparable, checks } = JSON.parse(same.stdout);
    expect(ofLoads(incomparable)).toEqual([]);
    expect(checks[0]).toMatchObject({ name: 'rps', a: sent[0], b: sent[1] });
    const other = await npm('run', 'compare', '--', one.out, resent.out, '--json');
    expect(other.stderr).toContain('npm run -s compare -- … --json');
    const behindBanner = JSON.parse(other.stdout.slice(other.stdout.indexOf('\n{')));
    expect(ofLoads(behindBanner.incomparable)).toEqual([
      'different share of retries: 0% (A), 50% (B)',
    ]);

    const trend = await npm(
      'run',
      '-s',
      'trend',
      '--',
      '--history',
      history,
      '--json',
      '--dry-run',
    );
    const series = JSON.parse(trend.stdout) as { runs: number; facts: Record<string, string> }[];
    const found = series.map(({ runs, facts }) => [facts['target'], facts['retries'], runs]);
    expect(new Set(found.map((it) => it.join(' ')))).toEqual(
      new Set([`${api.url}/dev 0% 2`, `${api.url}/dev 50% 1`, `${api.url}/bare 0% 1`]),
    );
  });

  it('also by a user who has neither HOME nor an entry in passwd', async (context) => {
    if (process.getuid?.() !== 0) context.skip('needs the right to change the user');
    const folder = await temporaryFolder();
    const k6 = join(folder, 'k6');
    await copyFile(K6, k6);
    await chmod(k6, 0o755);
    await chmod(folder, 0o777);
    const args = [join(ROOT, 'scripts/start.mjs'), 'run'];
    const { exitCode, stderr } = await outputOf(
      spawn(process.execPath, [...args, 'smoke', '--out', join(folder, 'out')], {
        ...{ cwd: folder, uid: 54_321, gid: 54_321, stdio: ['ignore', 'pipe', 'pipe'] },
        env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder, K6_BIN: k6 },
      }),
    );
    expect(stderr).not.toMatch(/This is a bug|error \[/);
    // 3 on a busy machine.
    expect([0, 3]).toContain(exitCode);
  });
});
