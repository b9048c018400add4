import { LEAST_REPEATS } from './compare-settings.ts';
import type { EffectTest } from './effect-test.ts';
import type { NoiseFloor } from './noise-floor.ts';
import type { Design } from './smallest-effect.ts';

/** The design of n runs per side, with the noise from run to run found by a test of `a` and `b` runs. */
export function groupsDesign(
  test: EffectTest,
  a: number,
  b: number,
  floor: NoiseFloor | null,
): Design {
  const perRun = test.se / Math.sqrt(1 / a + 1 / b);
  return {
    least: Math.max(LEAST_REPEATS, Math.min(a, b) + 1),
    seOf: (n) => perRun * Math.sqrt(2 / n),
    dfOf: (n) => 2 * n - 2 + (floor === null ? 0 : floor.runs - 1),
  };
}
