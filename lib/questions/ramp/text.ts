import { limitExplanation } from '../../core/judge/limit-explanation.ts';
import { stepPlots } from '../../core/judge/step-plots.ts';
import { stepTable } from '../../core/judge/step-table.ts';
import { formatMs, formatRate } from '../../core/report/format-figure.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Tile } from '../../core/text/statement.ts';
import type { AnswerText } from '../question.ts';
import { type Bracket, bracketCapacity } from './capacity-bracket.ts';
import type { Capacity } from './schema.ts';

export function capacityText(capacity: Capacity, { load }: Pick<Report, 'load'>): AnswerText {
  const { steps } = capacity;
  const bracket = bracketCapacity(steps);
  return {
    question: 'How many orders per second can it take within the SLO?',
    lines: [
      capacity.why,
      concurrencyLine(capacity),
      limitExplanation(capacity.randomArrivals, bracket.bad, load),
      ...capacity.notes,
    ].filter((line) => line !== null),
    tile: tileOf(capacity, bracket),
    tables: [stepTable(steps, load.slo)],
    plots: stepPlots(steps, load.slo),
  };
}

function tileOf({ status, ratePerSecond, interval }: Capacity, { good, bad }: Bracket): Tile {
  const label = 'Capacity';
  const at = (step: Bracket['good']) => formatRate(step?.ratePerSecond ?? 0);
  switch (status) {
    case 'determined':
      return { label, value: formatRate(ratePerSecond ?? 0), note: intervalNote(interval) };
    case 'notReached':
      return { label, value: `at least ${at(good)}`, note: 'the highest rate of the run' };
    case 'belowFirstStep':
      return { label, value: `below ${at(bad)}`, note: 'the lowest rate of the run' };
    case 'notDetermined':
      return good === null
        ? { label, value: 'not known', note: '' }
        : { label, value: `at least ${at(good)}`, note: 'what is above it is not known' };
  }
}

function intervalNote({ low, high }: Capacity['interval']): string {
  const clearly = (rate: number | null) => (rate === null ? null : formatRate(rate));
  const [from, to] = [clearly(low), clearly(high)];
  if (from !== null && to !== null) return `certain: between ${from} and ${to}`;
  if (to !== null) return `certain: below ${to}`;
  return from === null ? 'not certain: too few orders' : `certain: at least ${from}`;
}

function concurrencyLine({ concurrency }: Capacity): string | null {
  if (concurrency === null) return null;
  const { value, ratePerSecond, durationMs, duration, span } = concurrency;
  const mean = duration === 'handler' ? 'mean handler duration' : 'mean client latency';
  const period = span === 'run' ? ' over the whole run' : '';
  return `At ${formatRate(ratePerSecond)}, ${Number(value.toPrecision(3))} orders are in progress at once (Little’s law, ${mean} ${formatMs(durationMs)}${period}).`;
}
