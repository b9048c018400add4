import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readGroupFolders } from './cpu-held-back.ts';

const ROOTS = { proc: '/proc', cgroup: '/sys/fs/cgroup' };

/** How many CPUs the tightest quota of this process's cgroups (v1 or v2) allows; null without a quota. */
export async function readCpuQuota(roots = ROOTS): Promise<number | null> {
  const { v2, v1 } = await readGroupFolders('self', roots);
  const quotas = await Promise.all([
    ...v2.map(async (folder) => parseQuota(await read(folder, 'cpu.max'))),
    ...v1.map(async (folder) =>
      parseQuota(
        `${await read(folder, 'cpu.cfs_quota_us')} ${await read(folder, 'cpu.cfs_period_us')}`,
      ),
    ),
  ]);
  const known = quotas.filter((quota) => quota !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Quota and period in µs; `max` or -1 means no quota. */
function parseQuota(text: string): number | null {
  const [, quota, period] = /^(\d+)\s+(\d+)\s*$/.exec(text) ?? [];
  return quota === undefined || Number(period) === 0 ? null : Number(quota) / Number(period);
}

async function read(folder: string, name: string): Promise<string> {
  return (await readFile(path.join(folder, name), 'utf8').catch(() => '')).trim();
}
