export interface PollTurns {
  /**
   * Waits for a turn, first come, first served. Resolves with the function that ends it, or with null if the time is up
   * or one of the signals aborts before it begins.
   */
  enter(waitMs: number, signals: readonly AbortSignal[]): Promise<(() => void) | null>;
}

/** Turns to wait for a message: one caller has it, and goes to the end of the line after it. */
export function createPollTurns(): PollTurns {
  const line: (() => void)[] = [];
  let isTaken = false;

  const leave = (): void => {
    const next = line.shift();
    if (next === undefined) isTaken = false;
    else next();
  };

  return {
    async enter(waitMs, signals) {
      if (signals.some(({ aborted }) => aborted)) return null;
      if (!isTaken) {
        isTaken = true;
        return leave;
      }
      return await new Promise((resolve) => {
        const end = (turn: (() => void) | null) => {
          clearTimeout(timer);
          for (const signal of signals) signal.removeEventListener('abort', giveUp);
          resolve(turn);
        };
        const begin = () => end(leave);
        const giveUp = () => {
          line.splice(line.indexOf(begin), 1);
          end(null);
        };
        // The server keeps the process alive.
        const timer = setTimeout(giveUp, waitMs).unref();
        for (const signal of signals) signal.addEventListener('abort', giveUp, { once: true });
        line.push(begin);
      });
    },
  };
}
