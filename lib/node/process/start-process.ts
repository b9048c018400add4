import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { $ } from 'zx/core';

export interface ProcessOptions {
  readonly file: string;
  readonly args?: readonly string[];
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its working directory; this process's own unless given. */
  readonly cwd?: string;
  /** Whether `file` is a command line for the system's shell. */
  readonly isShellCommand?: boolean;
  /** Gives it a stdin that closes when this process ends, however that happens; otherwise stdin is empty. */
  readonly holdsStdin?: boolean;
  /** Keeps a terminal's Ctrl-C from it. `kill` then also ends what the process has started. */
  readonly ownGroup?: boolean;
  /** Gets each line of its output. Without this and `onText`, output is discarded. */
  readonly onLine?: (line: string, from: 'stdout' | 'stderr') => void;
  /** Gets its output as it comes. */
  readonly onText?: (text: string, from: 'stdout' | 'stderr') => void;
}

export interface ProcessEnd {
  /** Null if a signal ended it, or it could not be started. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started, or null. */
  readonly error: Error | null;
}

export interface RunningProcess {
  /** Undefined if it could not be started; `ended` says why. */
  readonly pid: number | undefined;
  /** Resolves once it has ended and all its output has been read; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Sends a signal to the process itself; does nothing once it has ended. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Ends it at once and reads no more of its output. */
  readonly kill: () => void;
  /** Asks it to end, ends it after the grace period, and waits for that. */
  readonly stop: (graceMs?: number) => Promise<ProcessEnd>;
  /** Lets this process end first. */
  readonly unref: () => void;
}

const STOP_GRACE_MS = 5000;

/** zx would keep all output in memory, twice. */
const KEEPS_NOTHING = Object.assign<string[], object>([], { push: () => 0 });
const STORE = { stdout: KEEPS_NOTHING, stderr: KEEPS_NOTHING, stdall: KEEPS_NOTHING };

/**
 * Starts a process with zx, but without a shell (docs/decisions/0010). Every option is set here: zx would take any other
 * from a `ZX_*` variable of the environment.
 */
export function startProcess(options: ProcessOptions): RunningProcess {
  const { file, args = [], env, cwd = process.cwd(), onLine, onText } = options;
  const { isShellCommand = false, holdsStdin = false, ownGroup = false } = options;
  const output = onLine === undefined && onText === undefined ? 'ignore' : 'pipe';
  const run = $({
    cwd,
    env: { ...env },
    stdio: [holdsStdin ? 'pipe' : 'ignore', output, output],
    detached: ownGroup && process.platform !== 'win32',
    nothrow: true,
    quiet: true,
    verbose: false,
    preferLocal: false,
    timeout: 0,
    shell: true,
    prefix: '',
    postfix: '',
    quote: (text) => text,
    store: STORE,
    spawn: ((_command: string, _args: readonly string[], spawnOptions: object) =>
      spawn(file, args, { ...spawnOptions, shell: isShellCommand })) as typeof spawn,
  })`${file}`;
  const { child } = run;
  const { stdout, stderr } = child ?? {};
  for (const [name, stream] of Object.entries({ stdout, stderr })) {
    if (stream) listen(stream, name as 'stdout' | 'stderr', options);
  }
  let hasEnded = false;
  const ended = run.then<ProcessEnd, never>(({ exitCode, signal, cause }) => {
    hasEnded = true;
    return cause === null
      ? { exitCode, signal, error: null }
      : { exitCode: null, signal, error: cause };
  });
  const kill = (): void => {
    if (hasEnded || child?.pid === undefined) return;
    if (ownGroup) killGroup(child.pid);
    else child.kill('SIGKILL');
    // Processes that it started may hold these open, so `ended` would not resolve.
    stdout?.destroy();
    stderr?.destroy();
  };
  return {
    pid: child?.pid,
    ended,
    signal: (name) => void child?.kill(name),
    kill,
    stop: async (graceMs = STOP_GRACE_MS) => {
      child?.kill('SIGTERM');
      const timer = setTimeout(kill, graceMs);
      const end = await ended;
      clearTimeout(timer);
      return end;
    },
    unref: () => child?.unref(),
  };
}

function listen(
  stream: Readable,
  name: 'stdout' | 'stderr',
  { onLine, onText }: ProcessOptions,
): void {
  if (onText) stream.setEncoding('utf8').on('data', (text: string) => onText(text, name));
  if (onLine === undefined) return;
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) =>
    onLine(line, name),
  );
}

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
