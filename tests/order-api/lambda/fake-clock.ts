/** A clock and timers that only move when told to. */
export function createFakeClock() {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    advance(ms: number) {
      nowMs += ms;
    },
  };
}
