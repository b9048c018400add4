import { EXIT } from '../../core/errors/user-error.ts';

/** A hang-up (the terminal was closed) counts as SIGTERM. */
const NAMES = { SIGINT: 'SIGINT', SIGTERM: 'SIGTERM', SIGHUP: 'SIGTERM' } as const;

/** npm passes on a terminal's Ctrl-C that the process has already received: one Ctrl-C, two signals. */
const ECHO_MS = 250;

export type StopSignal = (typeof NAMES)[keyof typeof NAMES];

/** The signals that ask a run to stop. */
export interface StopSignals {
  /** The first signal received, or null. */
  readonly first: () => StopSignal | null;
  /**
   * Calls `listener` for every signal from now on with the number received so far, and at once if there were some
   * before. The echo of a signal is not counted. Returns a function that removes the listener.
   */
  readonly onStop: (listener: (count: number) => void) => () => void;
  /** The promise's value, or null as soon as there is a signal. */
  readonly orStop: <T>(promise: Promise<T>) => Promise<T | null>;
  /** 130 or 143, for a run that was stopped before it measured anything. */
  readonly exitCode: () => number;
  readonly release: () => void;
}

/** Handles the signals until released, so a run ends with its report instead of being killed. */
export function takeStopSignals(): StopSignals {
  let first: StopSignal | null = null;
  let count = 0;
  let last: { readonly signal: string; readonly atMs: number } | null = null;
  const listeners = new Set<(count: number) => void>();
  const handle = (signal: NodeJS.Signals): void => {
    const nowMs = performance.now();
    const isEcho = last?.signal === signal && nowMs - last.atMs < ECHO_MS;
    if (isEcho) return;
    last = { signal, atMs: nowMs };
    first ??= NAMES[signal as keyof typeof NAMES];
    count += 1;
    for (const listener of listeners) listener(count);
  };
  const onStop = (listener: (count: number) => void): (() => void) => {
    listeners.add(listener);
    if (count > 0) listener(count);
    return () => void listeners.delete(listener);
  };
  for (const name of Object.keys(NAMES)) process.on(name, handle);
  return {
    first: () => first,
    onStop,
    orStop: async (promise) => {
      let forget = (): void => undefined;
      const stopped = new Promise<null>((resolve) => {
        forget = onStop(() => resolve(null));
      });
      try {
        return await Promise.race([promise, stopped]);
      } finally {
        forget();
      }
    },
    exitCode: () => (first === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted),
    release: () => {
      for (const name of Object.keys(NAMES)) process.off(name, handle);
    },
  };
}
