import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What kept k6, and everything in its cgroup, from the CPU during a run. */
export interface HeldBack {
  /**
   * Time in ms during the run in which a CPU quota (cgroup) kept k6's group from running, summed over its CPUs as the
   * kernel does; null if there is no quota, or it is not known.
   */
  readonly quotaMs: number | null;
  /**
   * Share of the run, 0 to 1, in which runnable tasks waited for a CPU (pressure stall information, `some`); null if
   * the kernel does not report it.
   */
  readonly pressureShare: number | null;
}

export interface HeldBackWatch {
  readonly stop: () => Promise<HeldBack>;
}

interface QuotaFigures {
  readonly periods: number;
  readonly throttledMs: number;
}

const ROOTS = { proc: '/proc', cgroup: '/sys/fs/cgroup' };

/** Watches the group of a process until `stop`, which returns what held it back; never throws. */
export async function watchHeldBack(pid: number, roots = ROOTS): Promise<HeldBackWatch> {
  const folders = await readGroupFolders(pid, roots);
  const quotasBefore = await readQuotas([...folders.v2, ...folders.v1]);
  const pressureBefore = await readFirstPressure([
    ...folders.v2.map((folder) => path.join(folder, 'cpu.pressure')),
    path.join(roots.proc, 'pressure', 'cpu'),
  ]);
  return {
    stop: async () => ({
      pressureShare: pressureBefore && (await readPressureShareSince(pressureBefore)),
      quotaMs: largestIncreaseMs(quotasBefore, await readQuotas([...quotasBefore.keys()])),
    }),
  };
}

/** The folders in which the cgroups of a process and their ancestors may be, nearest first: v2 and the CPU of v1. */
export async function readGroupFolders(
  pid: number | 'self',
  roots: typeof ROOTS,
): Promise<{ readonly v2: readonly string[]; readonly v1: readonly string[] }> {
  const text = await readText(path.join(roots.proc, `${pid}`, 'cgroup'));
  return groupFolders(parseGroups(text ?? ''), roots.cgroup);
}

/** Parses the groups of a process in the text of `/proc/<pid>/cgroup`. */
function parseGroups(text: string): { v2: string[]; v1: string[] } {
  const lines = [...text.matchAll(/^(\d+):([^:\n]*):(\/.*)$/gm)].map(
    ([, id = '', controllers = '', group = '']) => ({ id, controllers, group }),
  );
  // A path with `..` leads out of what this container sees.
  const visible = lines.filter(({ group }) => !group.split('/').includes('..'));
  return {
    v2: visible.filter(({ id }) => id === '0').map(({ group }) => group),
    v1: visible
      .filter(({ controllers }) => controllers.split(',').includes('cpu'))
      .map(({ group }) => group),
  };
}

/** The folders in which groups and their ancestors may be mounted, nearest first; most do not exist. */
function groupFolders(groups: { v2: string[]; v1: string[] }, root: string) {
  const under = (mounts: string[], paths: string[]) =>
    mounts.flatMap((mount) => paths.flatMap(lineage).map((group) => path.join(root, mount, group)));
  // A container often sees its own group as the root, and then its path from outside does not exist. The lineage
  // includes the root, so that group is found.
  return {
    v2: under(['', 'unified'], groups.v2),
    v1: under(['cpu,cpuacct', 'cpu'], groups.v1),
  };
}

/** A group and its ancestors up to the root. */
function lineage(group: string): string[] {
  const parent = path.posix.dirname(group);
  return parent === group ? [group] : [group, ...lineage(parent)];
}

async function readQuotas(folders: readonly string[]): Promise<Map<string, QuotaFigures>> {
  const quotas = new Map<string, QuotaFigures>();
  for (const folder of folders) {
    const quota = parseQuota((await readText(path.join(folder, 'cpu.stat'))) ?? '');
    if (quota !== null) quotas.set(folder, quota);
  }
  return quotas;
}

/** The figures of a `cpu.stat`: v2 counts µs and v1 ns. The root of v2 has none. */
function parseQuota(text: string): QuotaFigures | null {
  const periods = parseCount(text, /^nr_periods (\d+)$/m);
  const throttledUs = parseCount(text, /^throttled_usec (\d+)$/m);
  const throttledNs = parseCount(text, /^throttled_time (\d+)$/m);
  const throttledMs = throttledUs === null ? throttledNs && throttledNs / 1e6 : throttledUs / 1e3;
  return periods === null || throttledMs === null ? null : { periods, throttledMs };
}

function largestIncreaseMs(
  before: ReadonlyMap<string, QuotaFigures>,
  after: ReadonlyMap<string, QuotaFigures>,
): number | null {
  const increasesMs = [...after].flatMap(([folder, now]) => {
    const then = before.get(folder);
    // The kernel counts periods only while there is a quota.
    return then && now.periods > then.periods ? [now.throttledMs - then.throttledMs] : [];
  });
  return increasesMs.length === 0 ? null : Math.max(...increasesMs);
}

interface Pressure {
  readonly file: string;
  readonly waitedMs: number;
  readonly atMs: number;
}

async function readFirstPressure(files: readonly string[]): Promise<Pressure | null> {
  for (const file of files) {
    const waitedUs = parseCount((await readText(file)) ?? '', /^some .*\btotal=(\d+)$/m);
    if (waitedUs !== null) return { file, waitedMs: waitedUs / 1e3, atMs: performance.now() };
  }
  return null;
}

async function readPressureShareSince(before: Pressure): Promise<number | null> {
  const now = await readFirstPressure([before.file]);
  if (now === null || now.atMs <= before.atMs) return null;
  const share = (now.waitedMs - before.waitedMs) / (now.atMs - before.atMs);
  return Math.min(1, Math.max(0, share));
}

function parseCount(text: string, pattern: RegExp): number | null {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

function readText(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
