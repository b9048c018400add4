import { EXIT } from '../../lib/core/config/user-error.ts';

const EXIT_CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: 129 } as const;

/** npm passes a terminal's Ctrl-C on to a process that the terminal has told already: one wish, two signals. */
const ECHO_MS = 250;

export type StopSignal = keyof typeof EXIT_CODES;

/** Which signals asked this run to stop, and who is told. */
export interface StopSignals {
  /** The first signal that came, or null. */
  readonly first: () => StopSignal | null;
  /**
   * Calls back for every signal from now on, with how many came so far; at once for those that came
   * before. The echo of a signal is not counted.
   */
  readonly onStop: (listener: (count: number) => void) => void;
  readonly release: () => void;
}

/** Takes over SIGINT, SIGTERM and SIGHUP until released: a run ends by finishing its report, not by dying. */
export function takeStopSignals(): StopSignals {
  let first: StopSignal | null = null;
  let count = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  let listener: ((count: number) => void) | null = null;
  const handle = (signal: NodeJS.Signals): void => {
    const isEcho = signal === first && performance.now() - lastMs < ECHO_MS;
    if (isEcho) return;
    lastMs = performance.now();
    first ??= signal as StopSignal;
    count += 1;
    listener?.(count);
  };
  const names = Object.keys(EXIT_CODES) as StopSignal[];
  for (const name of names) process.on(name, handle);
  return {
    first: () => first,
    onStop: (next) => {
      listener = next;
      if (count > 0) next(count);
    },
    release: () => {
      for (const name of names) process.off(name, handle);
    },
  };
}

export function exitCodeOfSignal(signal: StopSignal): number {
  return EXIT_CODES[signal];
}
