import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from '../process/run-program.ts';

/** How many orders over HTTP/1 this machine lets be in flight: each takes one of both. */
export interface MachineLimits {
  /** Descriptors that k6 may have open; null where not known. */
  readonly descriptors: number | null;
  /** Local ports that connections may begin from; null where not known. */
  readonly localPorts: number | null;
}

const SHELL_TIMEOUT_MS = 5000;

/** The limits that a k6 started by this process will have; what this system does not tell is null. */
export async function readMachineLimits(procRoot = '/proc'): Promise<MachineLimits> {
  const [limits, portRange] = await Promise.all(
    ['self/limits', 'sys/net/ipv4/ip_local_port_range'].map((name) =>
      readFile(path.join(procRoot, name), 'utf8').catch(() => null),
    ),
  );
  return {
    descriptors: limits ? parseOpenFilesLimit(limits) : await readShellLimit(),
    localPorts: parsePortCount(portRange ?? ''),
  };
}

/**
 * The hard limit of open files in the text of `/proc/<pid>/limits`, or null where there is none.
 * The hard one counts: Go raises its soft limit to it (https://go.dev/issue/46279).
 */
export function parseOpenFilesLimit(text: string): number | null {
  return parseLimit(/^Max open files +\S+ +(\S+)/m.exec(text)?.[1]);
}

/** Asks a shell: it inherits what k6 will, and a report of Node would copy the environment as well. */
async function readShellLimit(): Promise<number | null> {
  const { exitCode, stdout } = await runProgram({
    file: '/bin/sh',
    args: ['-c', 'ulimit -Hn'],
    env: {},
    timeoutMs: SHELL_TIMEOUT_MS,
  });
  return exitCode === 0 ? parseLimit(stdout.trim()) : null;
}

function parseLimit(word = ''): number | null {
  return /^\d+$/.test(word) ? Number(word) : null;
}

function parsePortCount(text: string): number | null {
  const [, first, last] = /^(\d+)\s+(\d+)/.exec(text) ?? [];
  return first === undefined || last === undefined ? null : Number(last) - Number(first) + 1;
}
