import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One call of k6, measured by the shell that called it. */
export interface K6Call {
  /** Such as `run`, `inspect` or `version`. */
  readonly command: string;
  readonly userSeconds: number;
  readonly systemSeconds: number;
  /** Epoch ms. */
  readonly endedMs: number;
}

export interface TimedK6 {
  /** Path of the stand-in for k6, which passes arguments, output and exit code through. */
  readonly path: string;
  readonly readCalls: () => Promise<readonly K6Call[]>;
}

/**
 * Creates a stand-in for k6 that records the exact CPU time of every call. The kernel reports it to the parent when a
 * child ends (getrusage, by bash's `time`), so nothing is sampled.
 */
export async function timedK6(binary: string, dir: string): Promise<TimedK6> {
  const path = join(dir, 'k6');
  const log = join(dir, 'k6-calls.txt');
  await writeFile(log, '');
  await writeFile(
    path,
    `#!/usr/bin/env bash
TIMEFORMAT='%3U %3S'
exec 3>&1 4>&2
times=$({ time '${binary}' "$@" 1>&3 2>&4; } 2>&1)
code=$?
echo "$1 $times $EPOCHREALTIME" >>'${log}'
exit $code
`,
  );
  await chmod(path, 0o755);
  return {
    path,
    readCalls: async () => parseCalls(await readFile(log, 'utf8')),
  };
}

function parseCalls(text: string): K6Call[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [command = '', user, system, epoch] = line.replaceAll(',', '.').split(' ');
      return {
        command,
        userSeconds: Number(user),
        systemSeconds: Number(system),
        endedMs: Number(epoch) * 1000,
      };
    });
}

/** CPU time of the last `k6 run` in seconds. */
export function runCpuSeconds(calls: readonly K6Call[]): number {
  const run = calls.findLast(({ command }) => command === 'run');
  if (run === undefined) throw new Error('k6 run was not called');
  return run.userSeconds + run.systemSeconds;
}
