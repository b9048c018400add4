/** Runs started within this time count as one night: they may share its noise. */
const NIGHT_MS = 12 * 3_600_000;

/**
 * The runs grouped by night: a night holds those started within twelve hours of its first run.
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
