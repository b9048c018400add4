import { settleMain } from './run-main.ts';
import { type StopSignals, takeStopSignals } from './stop-signals.ts';

/**
 * The same as `runMain` for a `main` that a signal stops: it comes to its end in its own order, and the process ends
 * with it. What `main` has left unfinished then (a download, a build) would keep the process alive.
 */
export function runStoppable(
  self: NodeJS.Process,
  main: (stop: StopSignals) => Promise<number>,
): void {
  const stop = takeStopSignals();
  void settleMain(self, () => main(stop)).then(async () => {
    if (stop.first() === null) return stop.release();
    await Promise.all([self.stdout, self.stderr].map(flushed));
    self.exit();
  });
}

function flushed(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
