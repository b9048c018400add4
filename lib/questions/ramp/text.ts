import { stepLines } from '../../core/judge/step-lines.ts';
import { formatMs, formatRate } from '../../core/report/format-figure.ts';
import type { AnswerText } from '../question.ts';
import type { Capacity } from './schema.ts';

export function capacityText(capacity: Capacity): AnswerText {
  return {
    question: 'How many orders per second can it take within the SLO?',
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
  const mean = duration === 'handler' ? 'mean handler duration' : 'mean client latency';
  const period = span === 'run' ? ' over the whole run' : '';
  const atOnce = Number(value.toPrecision(3));
  const lines = [
    `At ${formatRate(ratePerSecond)}, ${atOnce} orders are in progress at once (Little’s law, ${mean} ${formatMs(durationMs)}${period}).`,
  ];
  if (accountLimit !== null) {
    const assumed = accountLimit.source === 'assumed' ? ' (assumed: the AWS default)' : '';
    lines.push(
      `On its own, a limit of ${accountLimit.concurrency} concurrent calls${assumed} would allow ${formatRate(accountLimit.ratePerSecond)}.`,
    );
  }
  return lines;
}
