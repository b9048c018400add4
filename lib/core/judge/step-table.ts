import type { Slo } from '../load/load-plan.ts';
import { stepLabel } from '../load/step-label.ts';
import {
  formatMs,
  formatMsAgainst,
  formatRate,
  formatRatio,
  formatRatioAgainst,
  groupDigits,
} from '../report/format-figure.ts';
import type { JudgedStep, Limit } from '../report/schema/judged-step-schema.ts';
import type { Cell, TextTable } from '../text/statement.ts';

/** What kept a step from holding, to be put behind "missed". */
const LIMIT_WORDS: Readonly<Record<Limit, string>> = {
  throttled: 'throttled',
  latency: 'too slow',
  errors: 'errors',
  generator: 'load generator',
};

/** Every judged step with its figures, lowest rate first. */
export function stepTable(steps: readonly JudgedStep[], slo: Slo): TextTable {
  return {
    caption: 'Steps, by rate',
    columns: [
      { head: 'Step' },
      { head: 'Rate', isNumber: true },
      { head: 'Orders', isNumber: true, isMinor: true },
      { head: 'Stored', isNumber: true },
      { head: 'Success', isNumber: true },
      { head: '95% interval', isNumber: true, isMinor: true },
      { head: 'p95', isNumber: true },
      { head: '95% interval', isNumber: true, isMinor: true },
      { head: 'Result' },
    ],
    rows: steps.map((step) => [
      stepLabel(step.name),
      formatRate(step.ratePerSecond),
      groupDigits(step.offered),
      formatRate(step.served / step.seconds),
      step.successRatio === null ? '–' : formatRatioAgainst(step.successRatio, slo.successRatio),
      step.successRatioInterval === null
        ? '–'
        : step.successRatioInterval.map(formatRatio).join(' to '),
      step.p95Ms === null ? '–' : formatMsAgainst(step.p95Ms, slo.p95Ms),
      step.p95IntervalMs === null ? '–' : step.p95IntervalMs.map(formatMs).join(' to '),
      resultOf(step),
    ]),
  };
}

function resultOf({ ok, clear, limit }: JudgedStep): Cell {
  const doubt = clear ? '' : ', not certain';
  if (ok) return { text: `held${doubt}`, tone: clear ? 'good' : 'open' };
  if (limit === 'generator') return { text: 'not known: load generator', tone: 'open' };
  const cause = limit === null ? '' : `: ${LIMIT_WORDS[limit]}`;
  return { text: `missed${cause}${doubt}`, tone: clear ? 'bad' : 'open' };
}
