import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCpuQuota } from '../../../lib/node/run/cpu-quota.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'order-load-quota-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function quotaOf(files: Readonly<Record<string, string>>): Promise<number | null> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${text}\n`);
  }
  return readCpuQuota({ proc: path.join(root, 'proc'), cgroup: path.join(root, 'cgroup') });
}

it('reads the tightest quota of a group and its ancestors, of version 2', async () => {
  const files = {
    'proc/self/cgroup': '0::/pod/load',
    'cgroup/pod/load/cpu.max': '200000 100000',
    'cgroup/pod/cpu.max': '150000 100000',
    'cgroup/cpu.max': 'max 100000',
  };
  expect(await quotaOf(files)).toBe(1.5);
});

it('reads that of version 1, where -1 is none', async () => {
  const quota = (us: string) =>
    quotaOf({
      'proc/self/cgroup': '4:cpu,cpuacct:/load\n1:name=systemd:/load',
      'cgroup/cpu,cpuacct/load/cpu.cfs_quota_us': us,
      'cgroup/cpu,cpuacct/load/cpu.cfs_period_us': '100000',
    });
  expect(await quota('50000')).toBe(0.5);
  expect(await quota('-1')).toBeNull();
});

it('knows of none where nothing tells', async () => {
  expect(await quotaOf({})).toBeNull();
});
