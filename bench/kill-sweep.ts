import { START_SCRIPT } from '../lib/app/cli/command-start.ts';
import type { FunctionState } from '../lib/core/lambda/platform-control.ts';
import { openLocalControl } from '../lib/node/platform/local-control.ts';
import { startProcess } from '../lib/node/process/start-process.ts';

export interface SweepToKill {
  /** Of a local order API that takes changes. */
  readonly url: string;
  /** Gets the results. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: 'SIGINT' | 'SIGKILL';
  /** Time from the start of the command to the signal. */
  readonly afterMs: number;
}

export interface KilledSweep {
  /** Null if the signal killed it. */
  readonly exitCode: number | null;
  /** The last line that it had printed when the signal came, or an empty one. */
  readonly lastLine: string;
  readonly before: FunctionState;
  /** When the command had ended. */
  readonly atEnd: FunctionState;
  /** After the next command, which puts back what is left. */
  readonly afterNext: FunctionState;
}

const FUNCTION = 'create-order';
const SWEEP =
  'power --lens local --memory 128,512,1769 --rounds 1 --rate 20 --duration 1s --warmup 0s';

/** Sends a signal to a sweep in progress, and reads the settings of its function before and after. */
export async function killSweep(sweep: SweepToKill): Promise<KilledSweep> {
  const { url, signal, afterMs } = sweep;
  const control = await openLocalControl(url);
  try {
    const before = await control.readFunction(FUNCTION);
    let printed = '';
    const running = tune([...SWEEP.split(' '), '--target', url], sweep, (line) => {
      printed = line;
    });
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const lastLine = printed;
    running.signal(signal);
    const { exitCode } = await running.ended;
    const atEnd = await control.readFunction(FUNCTION);
    await tune(['--restore'], sweep).ended;
    return { exitCode, lastLine, before, atEnd, afterNext: await control.readFunction(FUNCTION) };
  } finally {
    await control.close();
  }
}

function tune(
  args: readonly string[],
  { cwd, env }: SweepToKill,
  onLine: (line: string) => void = () => undefined,
) {
  return startProcess({
    file: process.execPath,
    args: [START_SCRIPT, 'tune', ...args],
    cwd,
    env,
    onLine: (line) => onLine(line),
  });
}
