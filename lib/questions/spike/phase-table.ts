import {
  formatMs,
  formatMsAgainst,
  formatRatio,
  formatRatioAgainst,
  groupDigits,
} from '../../core/report/format-figure.ts';
import { lossesOf, lossText } from '../../core/report/losses.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { TextTable } from '../../core/text/statement.ts';
import { lostOf, p95Of, successOf } from './phase-figures.ts';
import { phaseOf } from './phases.ts';
import type { Burst } from './schema.ts';
import { sentWindows } from './sent-windows.ts';

const PHASES = [
  { name: 'before the burst', steps: ['baseline'] },
  { name: 'in the burst', steps: ['jump', 'burst'] },
  { name: 'after the burst', steps: ['recovery'] },
] as const;

/** What became of the orders that were due before, in and after the burst. */
export function phaseTable(report: Report): TextTable {
  const { slo } = report.load;
  const windows = sentWindows(report);
  return {
    caption: 'Before, in and after the burst',
    columns: [
      { head: 'Due' },
      { head: 'Orders', isNumber: true },
      { head: 'Success', isNumber: true },
      { head: '95% interval', isNumber: true, isMinor: true },
      { head: 'p95', isNumber: true },
      { head: '95% interval', isNumber: true, isMinor: true },
      { head: 'Lost' },
    ],
    rows: PHASES.flatMap(({ name, steps }) => {
      const phase = phaseOf(report, steps);
      const success = successOf(report, phase, windows);
      if (success === null) return [];
      const p95 = p95Of(report, phase, windows);
      const lost = lostOf(report, phase);
      return [
        [
          name,
          groupDigits(success.offered),
          formatRatioAgainst(success.ratio, slo.successRatio),
          success.interval.map(formatRatio).join(' to '),
          p95 === null ? '–' : formatMsAgainst(p95.valueMs, slo.p95Ms),
          p95 === null ? '–' : intervalText(p95),
          lost.total === 0 ? 'none' : lossText(lossesOf(lost)),
        ],
      ];
    }),
  };
}

function intervalText({ lowMs, highMs }: NonNullable<Burst['p95']>): string {
  return highMs === null
    ? `${formatMs(lowMs)} or more`
    : `${formatMs(lowMs)} to ${formatMs(highMs)}`;
}
