import { settleMain } from './run-main.ts';
import { type StopSignals, takeStopSignals } from './stop-signals.ts';

/**
 * Does what `runMain` does for a `main` that a signal can stop. After a signal, `main` finishes in its own way and then
 * the process exits: unfinished work (a download, a build) would keep it alive.
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
