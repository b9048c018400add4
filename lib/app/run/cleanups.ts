import type { OutputStream } from '../cli/output-stream.ts';

/** Things to undo at the end of a run, the latest first, whatever happened. */
export interface Cleanups {
  readonly add: (undo: () => Promise<void> | void) => void;
  /** Undoes each once, even if another one fails. */
  readonly run: () => Promise<void>;
}

/** Failures are printed on `stderr`. */
export function createCleanups(stderr: Pick<OutputStream, 'write'>): Cleanups {
  const undos: (() => Promise<void> | void)[] = [];
  return {
    add: (undo) => {
      undos.push(undo);
    },
    run: async () => {
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
        try {
          await undo();
        } catch (error) {
          stderr.write(`while cleaning up: ${String(error)}\n`);
        }
      }
    },
  };
}
