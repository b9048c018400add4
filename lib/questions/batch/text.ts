import { formatCount, formatMs, formatRate, formatRatio } from '../../core/report/format-figure.ts';
import type { AnswerText } from '../question.ts';
import type { LagAnswer } from './schema.ts';

/** The lag of the queue path in words. */
export function lagText(lag: LagAnswer): AnswerText {
  const { lagMs, sampleLagMs, drainMs, batchFill, redelivered, deadLetters } = lag;
  const load = lag.ratePerSecond === null ? '' : ` at ${formatRate(lag.ratePerSecond)}`;
  return {
    question: 'Does the queue path keep up?',
    lines: [
      headOf(lag) + (lag.keepsUp === null ? '' : load),
      lagMs === null
        ? 'accepted → stored: not determined'
        : `accepted → stored: ${percentiles(lagMs)}, ${lag.source === 'platform' ? 'all' : 'sampled'} ${formatCount(lagMs.count, 'order')}`,
      ...(lag.source === 'platform' && sampleLagMs !== null
        ? [
            `as seen by a client: ${percentiles(sampleLagMs)}, sample of ${formatCount(sampleLagMs.count, 'order')}`,
          ]
        : []),
      drainMs.value === null
        ? `time to drain: not known, ${drainMs.note}`
        : `drained ${formatMs(drainMs.value)} after the load`,
      ...(batchFill.value === null && redelivered.value === null && deadLetters.value === null
        ? [`batch fill, retries and dead letters: ${batchFill.note}`]
        : [
            `batches ${batchFill.value === null ? 'not known' : `${formatRatio(batchFill.value)} full`}, ${redelivered.value ?? 'unknown'} redeliveries, ${deadLetters.value ?? 'unknown'} dead letters`,
          ]),
      ...lag.notes,
    ],
  };
}

function headOf({ keepsUp, notStored, lost, accepted }: LagAnswer): string {
  if (keepsUp === true) {
    const all = formatCount(accepted, 'order');
    return notStored.source === 'derived'
      ? `yes: ${notStored.note} (${all} accepted)`
      : `yes: every accepted order was stored (${all})`;
  }
  if (keepsUp === null) return `not determined: ${notStored.note}`;
  return lost.value !== null && lost.value > 0
    ? `no: ${formatCount(lost.value, 'accepted order')} lost`
    : `no: ${formatCount(notStored.value ?? 0, 'accepted order')} not stored when the wait ended`;
}

function percentiles({ p50, p95, p99 }: NonNullable<LagAnswer['lagMs']>): string {
  const text = (ms: number | null) => (ms === null ? 'not known' : formatMs(ms));
  return `p50 ${text(p50)}, p95 ${text(p95)}, p99 ${text(p99)}`;
}
