import type { StopSignal, StopSignals } from '../../../lib/app/cli/stop-signals.ts';

/** Signals of a process that receives SIGINT as soon as `isDue` says so. */
export function stopWhen(isDue: () => boolean): StopSignals {
  const first = (): StopSignal | null => (isDue() ? 'SIGINT' : null);
  return {
    first,
    onStop: () => () => undefined,
    orStop: async (promise) => (first() === null ? promise : null),
    exitCode: () => 130,
    release: () => undefined,
  };
}
