import { formatMs, formatRate, formatRatio } from '../report/format-figure.ts';
import type { JudgedStep } from '../report/schema/judged-step-schema.ts';

/** One line for each judged step, lowest rate first. */
export function stepLines(steps: readonly JudgedStep[]): readonly string[] {
  return steps.map((step) => {
    const served = formatRate(step.served / step.seconds);
    const success = step.successRatio === null ? '–' : formatRatio(step.successRatio);
    const verdict = step.ok ? 'ok' : `NOT OK: ${step.limit}`;
    const doubt = step.clear ? '' : ' (too few orders to be clear)';
    return [
      step.name.padEnd(10),
      formatRate(step.ratePerSecond).padStart(9),
      `stored ${served.padStart(8)}`,
      `success ${success.padStart(8)}`,
      `p95 ${formatMs(step.p95Ms).padStart(8)}`,
      `${verdict}${doubt}`,
    ].join('  ');
  });
}
