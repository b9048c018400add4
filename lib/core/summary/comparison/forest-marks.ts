import type { CompareSettings } from '../../compare/compare-settings.ts';
import type { MetricComparison } from '../../compare/comparison.ts';

/**
 * A change with its interval on an axis that all metrics share. Its unit is the tolerance of the metric, and larger is
 * worse: −1 to 1 counts as no change.
 */
export interface ForestMark {
  readonly at: number;
  /** Ends of the 95% interval; null if it is not known. */
  readonly interval: readonly [better: number, worse: number] | null;
  /** Half the length of the axis, which runs from −reach to reach. Ends beyond it are cut off. */
  readonly reach: number;
}

/** Least and largest half of the axis, in tolerances: one wide interval must not make all others dots. */
const REACH = { least: 2, most: 4 } as const;

/** A mark for each metric that has a change, else null. */
export function forestMarks(
  metrics: readonly MetricComparison[],
  settings: CompareSettings,
): readonly (ForestMark | null)[] {
  const marks = metrics.map(({ metric, effect, interval }) => {
    if (effect === null) return null;
    const scale = metric === 'successRatio' ? -settings.successTolerance : settings.tolerance;
    const [one, other] = interval ?? [effect, effect];
    const ends = [one / scale, other / scale] as const;
    return {
      at: effect / scale,
      interval: interval === null ? null : ([Math.min(...ends), Math.max(...ends)] as const),
    };
  });
  const furthest = marks.flatMap((mark) =>
    mark === null ? [] : [mark.at, ...(mark.interval ?? [])].map(Math.abs),
  );
  const reach = Math.min(REACH.most, Math.max(REACH.least, ...furthest));
  return marks.map((mark) => mark && { ...mark, reach });
}
