import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { codeOf } from '../../core/errors/reason-of.ts';
import { runProgram } from './run-program.ts';

/** Tells a process from a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the words of its system; null if the system does not tell. */
  readonly startedAt: string | null;
  /** Name of the machine. */
  readonly machine: string;
}

const PS_TIMEOUT_MS = 5_000;

/** The identity of a running process of this machine. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity> {
  return { pid, startedAt: await startOf(pid), machine: os.hostname() };
}

/** Whether a process still runs; `elsewhere` if it belongs to another machine, where only that one knows. */
export async function stateOfProcess(
  identity: ProcessIdentity,
): Promise<'running' | 'ended' | 'elsewhere'> {
  if (identity.machine !== os.hostname()) return 'elsewhere';
  if (!isPidTaken(identity.pid)) return 'ended';
  return (await startOf(identity.pid)) === identity.startedAt ? 'running' : 'ended';
}

function isPidTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to another user.
    return codeOf(error) === 'EPERM';
  }
}

async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return startOnLinux(pid);
  const { stdout, exitCode } = await runProgram({
    file: 'ps',
    args: ['-o', 'lstart=', '-p', String(pid)],
    // In any other language two readings might differ.
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    timeoutMs: PS_TIMEOUT_MS,
  });
  return exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : null;
}

/** Clock ticks since the machine's start, with the id of that start: `ps` computes a time that moves with the clock. */
async function startOnLinux(pid: number): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    return parseStart(stat, boot);
  } catch {
    return null;
  }
}

/**
 * Parses a process's start (field 22) in the text of `/proc/<pid>/stat`; null for one that has ended and was not waited
 * for. Its name may contain spaces and parentheses.
 */
export function parseStart(stat: string, bootId: string): string | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  return `${bootId.trim()} ${fields[19]}`;
}
