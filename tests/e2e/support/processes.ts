import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Name of the program, such as `k6`. */
  readonly name: string;
  readonly isZombie: boolean;
}

/** All descendants of a process, without itself (Linux). */
export function descendantsOf(pid: number): readonly ProcessEntry[] {
  const all = pids().flatMap((id) => readEntry(id) ?? []);
  const found = all.filter(({ parent }) => parent === pid);
  for (const { pid: next } of found) found.push(...all.filter(({ parent }) => parent === next));
  return found;
}

/** The k6 that a command has started; there must be one. */
export function k6Of(pid: number): number {
  const k6 = descendantsOf(pid).find(({ name }) => name === 'k6');
  if (k6 === undefined) throw new Error(`process ${pid} has started no k6`);
  return k6.pid;
}

export function isAlive(pid: number): boolean {
  const entry = readEntry(pid);
  return entry !== null && !entry.isZombie;
}

/** Command lines of all processes of this machine. */
export function commandLines(): readonly string[] {
  return pids().map((pid) => (read(pid, 'cmdline') ?? '').replaceAll('\0', ' '));
}

/** Addresses that the given processes listen on for TCP, by process id. */
export function listeners(of: readonly number[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const line of execFileSync('ss', ['-Hltnp'], { encoding: 'utf8' }).split('\n')) {
    const address = line.trim().split(/\s+/)[3];
    for (const [, text] of line.matchAll(/pid=(\d+)/g)) {
      const pid = Number(text);
      if (address === undefined || !of.includes(pid)) continue;
      found.set(pid, [...(found.get(pid) ?? []), address]);
    }
  }
  return found;
}

function readEntry(pid: number): ProcessEntry | null {
  const stat = read(pid, 'stat');
  if (stat === null) return null;
  // The name in parentheses may hold anything, parentheses too.
  const end = stat.lastIndexOf(')');
  const [state, parent] = stat.slice(end + 2).split(' ');
  const name = stat.slice(stat.indexOf('(') + 1, end);
  return { pid, parent: Number(parent), name, isZombie: state === 'Z' };
}

function pids(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Null for a process that has ended in the meantime. */
function read(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
