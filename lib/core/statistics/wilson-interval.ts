import { Z_95 } from './z-95.ts';

/**
 * 95% Wilson score interval of a proportion, as [low, high] between 0 and 1; null without trials.
 * Source: E. B. Wilson, JASA 22 (1927) 209–212. Assumes independent trials; if orders fail in bursts, the true
 * interval is wider.
 */
export function wilsonInterval(
  successes: number,
  trials: number,
): readonly [number, number] | null {
  if (trials === 0) return null;
  const ratio = successes / trials;
  const z2 = Z_95 ** 2;
  const centre = (ratio + z2 / (2 * trials)) / (1 + z2 / trials);
  const half =
    (Z_95 / (1 + z2 / trials)) * Math.sqrt((ratio * (1 - ratio)) / trials + z2 / (4 * trials ** 2));
  return [
    successes === 0 ? 0 : Math.max(0, centre - half),
    successes === trials ? 1 : Math.min(1, centre + half),
  ];
}
