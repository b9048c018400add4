import { spawn } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../lib/core/compare/calibration.ts';
import { readHistory } from '../../lib/node/store/history.ts';
import { K6, outputOf, ROOT, temporaryFolder } from './support/run-load.ts';
import { startOrderApi } from './support/start-order-api.ts';

const calibrate = (...args: readonly string[]) => calibrateBy(K6, ...args);

async function calibrateBy(k6: string, ...args: readonly string[]) {
  const cwd = await temporaryFolder();
  const child = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), 'calibrate', ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, TMPDIR: cwd, K6_BIN: k6 },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { ...(await outputOf(child)), dir: join(cwd, 'results/calibration') };
}

describe('npm run calibrate', () => {
  it('makes pairs of runs on one target, and keeps the noise between them', async () => {
    const { url, truth } = await startOrderApi();
    const small = ['--target', url, '--rate', '30', '--duration', '1s', '--profile', 'quick'];
    const { exitCode, stdout, dir } = await calibrate('--pairs', '4', '--json', ...small);
    expect(exitCode).toBe(0);
    const calibration = JSON.parse(stdout) as Calibration;
    expect(calibration).toMatchObject({ runs: 8, pairs: expect.any(Array) });
    expect(calibration.pairs).toHaveLength(4);
    const [p50, , p99] = calibration.metrics;
    expect(p50).toMatchObject({ metric: 'p50', smallest: expect.any(Array) });
    expect(p50?.sd).toBeGreaterThan(0);
    // 30 orders have no p99.
    expect(p99).toMatchObject({ metric: 'p99', sd: null, smallest: null });
    const { entries, skipped } = await readHistory(dir);
    expect(skipped).toEqual([]);
    expect(entries.map(({ scenario }) => scenario)).toEqual(Array(8).fill('steady'));
    const sent = entries.reduce((sum, { success }) => sum + success.offered, 0);
    expect(sent).toBe((await truth()).storedOrders);
    const [folder] = (await readdir(dir, { withFileTypes: true })).filter((e) => e.isDirectory());
    const kept = await readdir(join(dir, folder?.name ?? ''));
    expect(kept.sort()).toEqual([
      '001',
      '002',
      '003',
      '004',
      '005',
      '006',
      '007',
      '008',
      'calibration.json',
    ]);
  });

  it('makes an INVALID run again; at a second one in a row it sums up the pairs that are whole', async () => {
    const { url } = await startOrderApi();
    const folder = await temporaryFolder();
    const [k6, calls] = [join(folder, 'k6'), join(folder, 'calls')];
    // The third run is killed once, the ninth twice.
    await writeFile(
      k6,
      `#!/bin/sh
if [ "$1" = run ]; then
  echo >> '${calls}'
  case $(wc -l < '${calls}') in 3|10|11) kill -9 $$;; esac
fi
exec '${K6}' "$@"
`,
      { mode: 0o755 },
    );
    const small = ['--target', url, '--rate', '30', '--duration', '1s', '--profile', 'quick'];
    const stopped = await calibrateBy(k6, '--pairs', '5', '--json', ...small);
    expect(stopped.exitCode).toBe(3);
    expect(stopped.stderr).toMatch(/003-again\n/);
    expect(stopped.stderr).toMatch(/009-again is INVALID too/);
    expect(stopped.stderr).toContain('The 4 complete pairs are summed up.');
    expect(JSON.parse(stopped.stdout)).toMatchObject({ runs: 8, pairs: { length: 4 } });
    const { entries } = await readHistory(stopped.dir);
    expect(entries.map(({ verdict }) => verdict)).not.toContain('invalid');
    expect(entries).toHaveLength(8);
  });

  it('stops with the exit code of a run that cannot be made', async () => {
    const { exitCode, stdout, stderr } = await calibrate('--target', 'http://127.0.0.1:9');
    expect(exitCode).toBe(4);
    expect(stdout).toBe('');
    expect(stderr).toContain('no HTTP response from http://127.0.0.1:9');
    expect(stderr).toContain('The calibration stops');
  });

  it('refuses what is of a single run', async () => {
    const refused = await calibrate('--out', 'elsewhere');
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain('choose the folder with --dir');
  });
});
