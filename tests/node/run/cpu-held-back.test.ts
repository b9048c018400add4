import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchHeldBack } from '../../../lib/node/run/cpu-held-back.ts';

const PID = 4711;
const UNKNOWN = { quotaMs: null, pressureShare: null };

describe('on a machine made of files', () => {
  let dir = '';
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    dir = await mkdtemp(path.join(tmpdir(), 'cpu-held-back-'));
  });
  afterEach(async () => {
    vi.useRealTimers();
    await rm(dir, { recursive: true });
  });

  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(dir, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  /** What a run of ten seconds finds that began with the first files and ended with the second. */
  async function heldBack(before: Record<string, string>, after: Record<string, string>) {
    await write(before);
    const roots = { proc: path.join(dir, 'proc'), cgroup: path.join(dir, 'cgroup') };
    const watch = await watchHeldBack(PID, roots);
    vi.advanceTimersByTime(10_000);
    await rm(path.join(dir, 'proc', `${PID}`), { recursive: true, force: true });
    await write(after);
    return watch.stop();
  }

  const processIn = (lines: string) => ({ [`proc/${PID}/cgroup`]: `${lines}\n` });
  const v2 = (periods: number, throttledUs: number) =>
    `usage_usec 9000\nnr_periods ${periods}\nnr_throttled 7\nthrottled_usec ${throttledUs}\n`;
  const v1 = (periods: number, throttledNs: number) =>
    `nr_periods ${periods}\nnr_throttled 7\nthrottled_time ${throttledNs}\n`;
  const pressure = (someUs: number) =>
    `some avg10=18.65 avg60=15.00 avg300=11.88 total=${someUs}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=3\n`;

  it('tells what its own group was denied, after the process has ended (v2)', async () => {
    const run = await heldBack(
      {
        ...processIn('0::/jobs/k6'),
        'cgroup/cpu.stat': 'usage_usec 9000\n',
        'cgroup/jobs/k6/cpu.stat': v2(10, 500_000),
        'cgroup/jobs/cpu.pressure': pressure(0),
        'cgroup/jobs/k6/cpu.pressure': pressure(1_000_000),
        'proc/pressure/cpu': pressure(0),
      },
      {
        'cgroup/jobs/k6/cpu.stat': v2(110, 1_750_000),
        'cgroup/jobs/cpu.pressure': pressure(9_000_000),
        'cgroup/jobs/k6/cpu.pressure': pressure(3_500_000),
        'proc/pressure/cpu': pressure(9_000_000),
      },
    );
    expect(run).toEqual({ quotaMs: 1250, pressureShare: 0.25 });
  });

  it('takes the largest of what a group and its ancestors were denied', async () => {
    const run = await heldBack(
      {
        ...processIn('0::/pod/jobs/k6'),
        'cgroup/pod/cpu.stat': v2(10, 500_000),
        'cgroup/pod/jobs/cpu.stat': v2(0, 0),
        'cgroup/pod/jobs/k6/cpu.stat': v2(10, 0),
      },
      {
        'cgroup/pod/cpu.stat': v2(110, 1_000_000),
        'cgroup/pod/jobs/k6/cpu.stat': v2(110, 200_000),
      },
    );
    expect(run.quotaMs).toBe(500);
  });

  it.each(['/', '/docker/0a1b2c'])('finds the root of its container from %s', async (group) => {
    const run = await heldBack(
      {
        ...processIn(`0::${group}`),
        'cgroup/cpu.stat': v2(10, 500_000),
        'cgroup/cpu.pressure': pressure(0),
      },
      { 'cgroup/cpu.stat': v2(110, 600_000), 'cgroup/cpu.pressure': pressure(1_000_000) },
    );
    expect(run).toEqual({ quotaMs: 100, pressureShare: 0.1 });
  });

  it.each([
    ['cpu,cpuacct', 'cpu,cpuacct'],
    ['cpuacct,cpu', 'cpu'],
    ['cpu', 'cpu'],
  ])('reads v1 with the controllers %s in the folder %s', async (controllers, folder) => {
    const run = await heldBack(
      {
        ...processIn(`5:cpuset:/wrong\n4:${controllers}:/jobs/k6\n1:name=systemd:/wrong`),
        [`cgroup/${folder}/wrong/cpu.stat`]: v1(0, 0),
        [`cgroup/${folder}/jobs/k6/cpu.stat`]: v1(10, 500_000_000),
        'proc/pressure/cpu': pressure(0),
      },
      {
        [`cgroup/${folder}/wrong/cpu.stat`]: v1(100, 9_000_000_000),
        [`cgroup/${folder}/jobs/k6/cpu.stat`]: v1(110, 1_750_000_000),
        'proc/pressure/cpu': pressure(5_000_000),
      },
    );
    expect(run).toEqual({ quotaMs: 1250, pressureShare: 0.5 });
  });

  it('reads the quota from v1 and the pressure from v2 where both are mounted', async () => {
    const run = await heldBack(
      {
        ...processIn('1:cpu:/k6\n0::/k6'),
        'cgroup/cpu/k6/cpu.stat': v1(10, 0),
        'cgroup/unified/k6/cpu.pressure': pressure(0),
        'proc/pressure/cpu': pressure(0),
      },
      {
        'cgroup/cpu/k6/cpu.stat': v1(110, 40_000_000),
        'cgroup/unified/k6/cpu.pressure': pressure(1_000_000),
        'proc/pressure/cpu': pressure(9_000_000),
      },
    );
    expect(run).toEqual({ quotaMs: 40, pressureShare: 0.1 });
  });

  it('tells a quota that denied nothing from none', async () => {
    const group = processIn('0::/k6');
    const file = 'cgroup/k6/cpu.stat';
    const generous = await heldBack({ ...group, [file]: v2(10, 5) }, { [file]: v2(110, 5) });
    expect(generous.quotaMs).toBe(0);
    const none = await heldBack({ ...group, [file]: v2(10, 5) }, { [file]: v2(10, 5) });
    expect(none.quotaMs).toBeNull();
  });

  it('does not leave the tree for a group outside of its container', async () => {
    const file = 'secret/cpu.stat';
    const run = await heldBack(
      { ...processIn('0::/../secret'), [file]: v2(10, 0) },
      { [file]: v2(110, 1000) },
    );
    expect(run).toEqual(UNKNOWN);
  });

  it.each([
    ['more than the run lasted', 0, 11_000_000, 1],
    ['less than before', 5_000_000, 0, 0],
  ])('keeps the share of pressure between 0 and 1: %s', async (_, beforeUs, afterUs, share) => {
    const file = 'proc/pressure/cpu';
    const run = await heldBack({ [file]: pressure(beforeUs) }, { [file]: pressure(afterUs) });
    expect(run).toEqual({ quotaMs: null, pressureShare: share });
  });

  it('knows nothing where there is nothing', async () => {
    expect(await heldBack({}, {})).toEqual(UNKNOWN);
  });

  it('knows nothing of files that are garbled', async () => {
    const files = {
      ...processIn('0::/k6\nno line of a cgroup'),
      'cgroup/k6/cpu.stat': 'nr_periods many\nthrottled_usec\n',
      'cgroup/k6/cpu.pressure': 'some avg10=0.00\n',
      'proc/pressure/cpu': '',
    };
    expect(await heldBack(files, files)).toEqual(UNKNOWN);
  });

  it('knows nothing of a group that was removed', async () => {
    await write({
      ...processIn('0::/k6'),
      'cgroup/k6/cpu.stat': v2(10, 0),
      'cgroup/k6/cpu.pressure': pressure(0),
    });
    const roots = { proc: path.join(dir, 'proc'), cgroup: path.join(dir, 'cgroup') };
    const watch = await watchHeldBack(PID, roots);
    vi.advanceTimersByTime(10_000);
    await rm(roots.cgroup, { recursive: true });
    expect(await watch.stop()).toEqual(UNKNOWN);
  });
});

it('watches a process on this machine', async (context) => {
  if (process.platform !== 'linux') context.skip('only Linux tells in /proc what held back');
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const watch = await watchHeldBack(child.pid as number);
  await ended;
  const { quotaMs, pressureShare } = await watch.stop();
  const told = await readFile('/proc/pressure/cpu', 'utf8').catch(() => null);
  expect(quotaMs ?? 0).toBeGreaterThanOrEqual(0);
  expect(pressureShare !== null).toBe(told !== null);
  expect(pressureShare ?? 0).toBeGreaterThanOrEqual(0);
  expect(pressureShare ?? 0).toBeLessThanOrEqual(1);
});
