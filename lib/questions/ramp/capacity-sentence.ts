import { formatCount, formatRate } from '../../core/report/format-figure.ts';
import type { JudgedStep } from '../../core/report/schema/judged-step-schema.ts';
import type { Bracket } from './capacity-bracket.ts';
import type { Capacity } from './schema.ts';

/** The answer of a ramp in one sentence: the highest rate that held, how sure that is, and what did not hold. */
export function capacitySentence(
  status: Capacity['status'],
  { good, bad }: Bracket,
  steps: readonly JudgedStep[],
): string {
  const at = (step: JudgedStep | null) => formatRate(step?.ratePerSecond ?? 0);
  switch (status) {
    case 'determined': {
      const isSaid = doubtOf(good) !== '';
      return `Highest rate that held: ${at(good)}${doubtOf(good)}; ${at(bad)} did not${isSaid ? '' : doubtOf(bad)}: ${bad?.why}.`;
    }
    case 'notReached':
      return `Every rate held, up to ${at(good)}${doubtOf(good)}.`;
    case 'belowFirstStep':
      return `Even the lowest rate, ${at(steps[0] ?? null)}, did not hold${doubtOf(bad)}: ${bad?.why}.`;
    case 'notDetermined': {
      if (steps.length === 0) return 'Capacity is not known, because no step was completed.';
      const held = good === null ? '' : ` ${at(good)} held${doubtOf(good)}.`;
      return `Capacity is not known, because at ${at(bad)} the load generator fell behind: ${bad?.why}.${held}`;
    }
  }
}

/** Behind a rate: why its result may be chance; empty if it is certain. */
function doubtOf(step: JudgedStep | null): string {
  return step === null || step.clear
    ? ''
    : `, not certain with ${formatCount(step.offered, 'order')}`;
}
