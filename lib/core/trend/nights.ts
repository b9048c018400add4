/** Runs that were started within this time may share what moved the night. */
const NIGHT_MS = 12 * 3_600_000;

/**
 * Runs by night: those that were started within twelve hours of the first of them.
 * @param runs oldest first.
 */
export function nightsOf<Run extends { readonly startedAtMs: number }>(
  runs: readonly Run[],
): Run[][] {
  const nights: Run[][] = [];
  let beganAtMs = Number.NEGATIVE_INFINITY;
  for (const run of runs) {
    if (run.startedAtMs - beganAtMs >= NIGHT_MS) {
      nights.push([]);
      beganAtMs = run.startedAtMs;
    }
    nights[nights.length - 1]?.push(run);
  }
  return nights;
}
