import { limitExplanation } from '../../core/judge/limit-explanation.ts';
import { stepPlots } from '../../core/judge/step-plots.ts';
import { stepTable } from '../../core/judge/step-table.ts';
import { formatRate } from '../../core/report/format-figure.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Tile } from '../../core/text/statement.ts';
import type { AnswerText } from '../question.ts';
import type { Breakpoint } from './schema.ts';

export function breakpointText(breakpoint: Breakpoint, { load }: Pick<Report, 'load'>): AnswerText {
  const { why, randomArrivals, stoppedBecause, firstBreach, steps } = breakpoint;
  const stopped = stoppedBecause === null ? null : `Stopped early: ${stoppedBecause}`;
  return {
    question: 'Where does it break, and how?',
    lines: [why, limitExplanation(randomArrivals, firstBreach, load), stopped].filter(
      (line) => line !== null,
    ),
    tile: tileOf(breakpoint),
    tables: [stepTable(steps, load.slo)],
    plots: stepPlots(steps, load.slo),
  };
}

function tileOf({ status, firstBreach, highestRatePerSecond, steps }: Breakpoint): Tile {
  const label = 'Breaking point';
  const highest = formatRate(highestRatePerSecond ?? 0);
  switch (status) {
    case 'broken': {
      const held = firstBreach?.lastGoodRatePerSecond ?? null;
      const note = held === null ? '' : `${formatRate(held)} held`;
      return { label, value: formatRate(firstBreach?.ratePerSecond ?? 0), note };
    }
    case 'notReached':
      return { label, value: `above ${highest}`, note: 'the highest rate of the run' };
    case 'belowFirstStep': {
      const lowest = formatRate(steps[0]?.ratePerSecond ?? 0);
      return { label, value: `${lowest} or less`, note: 'the lowest rate of the run' };
    }
    case 'notDetermined':
      return { label, value: 'not known', note: '' };
  }
}
