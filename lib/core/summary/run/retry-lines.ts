import { formatCount, groupDigits } from '../../report/format-figure.ts';
import { lossesOf, lossText } from '../../report/losses.ts';
import { resolvedOf, servedOf } from '../../report/outcome-counts.ts';
import type { OutcomeCounts } from '../../report/schema/latency-schema.ts';
import type { Report } from '../../report/schema/report-schema.ts';

type Row = readonly [label: string, text: string];

/** What became of orders that were sent again, and whether the target treated them as idempotent. */
export function retryLines({ retries, requests }: Report): Row[] {
  if (retries === undefined) return [];
  const { sent, unresolved, outcomes, servedBefore } = retries;
  if (sent === 0)
    return [['retries', 'no order was sent again, so nothing is known about retries']];
  const isMarked = outcomes.duplicate + requests.outcomes.duplicate > 0;
  // Stored by the second send: the first had failed.
  const late = outcomes.created - servedBefore.created;
  const parts = [
    `${groupDigits(sent)} sent again`,
    ...(outcomes.duplicate > 0
      ? [`${groupDigits(outcomes.duplicate)} recognised as duplicates`]
      : []),
    ...(late > 0 ? [`${groupDigits(late)} accepted after the first send had failed`] : []),
    ...(servedBefore.created > 0 ? [`${groupDigits(servedBefore.created)} accepted`] : []),
    ...failures({ ...outcomes, unresolved }),
  ];
  const rows: Row[] = [['retries', parts.join(', ')]];
  if (servedBefore.created > 0) {
    rows.push([
      '',
      isMarked
        ? `${formatCount(servedBefore.created, 'stored order')} sent again: accepted as new, not as a duplicate`
        : 'no response has x-order-result: duplicate, so it is unknown whether the target recognised them',
    ]);
  }
  const stored = resolvedOf(servedBefore);
  const refused = stored - servedOf(servedBefore);
  if (refused > 0) {
    rows.push([
      '',
      `${groupDigits(refused)} of ${formatCount(stored, 'stored order')} failed when sent again: ${failures(servedBefore).join(', ')}`,
    ]);
  }
  return rows;
}

function failures(counts: OutcomeCounts & { readonly unresolved?: number }): string[] {
  const losses = lossesOf({ outcomes: counts, unresolved: counts.unresolved ?? 0, dropped: 0 });
  return losses.map((one) => lossText([one]));
}
