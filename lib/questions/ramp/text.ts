import { stepLines } from '../../core/judge/step-lines.ts';
import { formatMs, formatRate } from '../../core/report/format-figure.ts';
import type { AnswerText } from '../question.ts';
import type { Capacity } from './schema.ts';

export function capacityText(capacity: Capacity): AnswerText {
  return {
    question: 'How many orders a second can it take within the SLO?',
    lines: [
      capacity.why,
      ...concurrencyLines(capacity),
      ...(capacity.randomArrivals ? [capacity.randomArrivals.why] : []),
      ...capacity.notes,
      ...stepLines(capacity.steps),
    ],
  };
}

function concurrencyLines({ concurrency, accountLimit }: Capacity): string[] {
  if (concurrency === null) return [];
  const { value, ratePerSecond, durationMs, duration, span } = concurrency;
  const ofRun = span === 'run' ? ' over the whole run' : '';
  const whose = (duration === 'handler' ? 'of the handler' : 'of the client’s wait') + ofRun;
  const inWork = Number(value.toPrecision(3));
  const lines = [
    `At ${formatRate(ratePerSecond)} there are ${inWork} orders in work (Little’s law with ${formatMs(durationMs)} ${whose}).`,
  ];
  if (accountLimit !== null) {
    const limit = accountLimit.source === 'assumed' ? ' (assumed: the default of AWS)' : '';
    lines.push(
      `A limit of ${accountLimit.concurrency} calls at once${limit} allows ${formatRate(accountLimit.ratePerSecond)} by itself.`,
    );
  }
  return lines;
}
