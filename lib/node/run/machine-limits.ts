import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from '../process/run-program.ts';

/** How many orders this machine allows in flight over HTTP/1: each needs a descriptor and a port. */
export interface MachineLimits {
  /** Descriptors that k6 may have open; null if not known. */
  readonly descriptors: number | null;
  /** Local ports for outgoing connections; null if not known. */
  readonly localPorts: number | null;
}

const SHELL_TIMEOUT_MS = 5000;

/** Reads the limits that a k6 started by this process will have; null for those that this system does not report. */
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
 * Parses the hard limit of open files in the text of `/proc/<pid>/limits`; null if there is none. The hard limit
 * counts, because Go raises its soft limit to it (https://go.dev/issue/46279).
 */
export function parseOpenFilesLimit(text: string): number | null {
  return parseLimit(/^Max open files +\S+ +(\S+)/m.exec(text)?.[1]);
}

/** Asks a shell, which inherits the same limits as k6. Node's report would also copy the environment. */
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
