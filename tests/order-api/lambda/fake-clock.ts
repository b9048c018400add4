import type { Machine } from '../../../order-api/lambda/machine.ts';

/** A clock that only moves when told to, and a machine whose waiting moves it and whose timers never fire. */
export function createFakeClock() {
  let nowMs = 0;
  const advance = (ms: number) => {
    nowMs += ms;
  };
  const machine: Machine = {
    nowMs: () => nowMs,
    wait: async (ms) => advance(ms),
    startTimer: () => () => {},
  };
  return { nowMs: machine.nowMs, advance, machine };
}
