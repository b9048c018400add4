import { type ProcessEnd, type ProcessOptions, startProcess } from './start-process.ts';

export interface ProgramOptions extends Omit<ProcessOptions, 'onLine' | 'onText' | 'holdsStdin'> {
  readonly timeoutMs: number;
  /** Ends the program early. */
  readonly abort?: AbortSignal;
  /** A program that prints more characters on stdout is ended. */
  readonly maxOutput?: number;
}

export interface ProgramEnd extends ProcessEnd {
  readonly stdout: string;
  /** Only its end, if it is long. */
  readonly stderr: string;
  /** Why the program was ended, or null if it ended on its own. */
  readonly cutShort: 'timeout' | 'abort' | 'output' | null;
}

const MAX_OUTPUT = 2 ** 20;
const MAX_ERRORS = 2 ** 16;

/** Runs a program to its end and returns what it printed; never rejects. */
export async function runProgram(options: ProgramOptions): Promise<ProgramEnd> {
  const { timeoutMs, abort, maxOutput = MAX_OUTPUT } = options;
  let stdout = '';
  let stderr = '';
  let cutShort: ProgramEnd['cutShort'] = null;
  const running = startProcess({
    ...options,
    onText: (text, from) => {
      if (from === 'stderr') stderr = (stderr + text).slice(-MAX_ERRORS);
      else stdout += text;
      if (stdout.length > maxOutput) cut('output');
    },
  });
  const cut = (why: 'timeout' | 'abort' | 'output'): void => {
    cutShort ??= why;
    running.kill();
  };
  const onAbort = (): void => cut('abort');
  const timer = setTimeout(() => cut('timeout'), timeoutMs);
  abort?.addEventListener('abort', onAbort, { once: true });
  if (abort?.aborted) onAbort();
  // A program that outlived this process would write into folders that are gone.
  const onExit = (): void => running.kill();
  process.once('exit', onExit);
  const end = await running.ended;
  process.off('exit', onExit);
  clearTimeout(timer);
  abort?.removeEventListener('abort', onAbort);
  return { ...end, stdout, stderr, cutShort };
}

/** Why a program failed, in a few words; null if its exit code is 0. */
export function programProblem(
  { exitCode, signal, error, cutShort }: Omit<ProgramEnd, 'stdout' | 'stderr'>,
  timeoutMs: number,
): string | null {
  if (cutShort === 'timeout') return `no answer within ${timeoutMs / 1000} s`;
  if (cutShort === 'output') return 'it printed too much';
  if (error !== null) return (error as NodeJS.ErrnoException).code ?? error.message;
  if (signal !== null) return `ended by ${signal}`;
  return exitCode === 0 ? null : `exit code ${exitCode}`;
}
