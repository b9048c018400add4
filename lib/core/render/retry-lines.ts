import { OUTCOMES, type Outcome, SUCCESS_OUTCOMES } from '../order/outcome.ts';
import { formatCount, groupDigits } from '../report/format-figure.ts';
import { resolvedOf, servedOf } from '../report/outcome-counts.ts';
import type { OutcomeCounts } from '../report/schema/latency-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';

type Row = readonly [label: string, text: string];

/** What became of orders that were sent again, and whether the contract's idempotency was seen. */
export function retryLines({ retries, requests }: Report): Row[] {
  if (retries === undefined) return [];
  const { sent, unresolved, outcomes, servedBefore } = retries;
  if (sent === 0) return [['retries', 'no order was sent again, so nothing is known of them']];
  const isMarked = outcomes.duplicate + requests.outcomes.duplicate > 0;
  // Stored only now: the first send had failed.
  const late = outcomes.created - servedBefore.created;
  const parts = [
    `${groupDigits(sent)} sent again`,
    ...(outcomes.duplicate > 0
      ? [`${groupDigits(outcomes.duplicate)} recognised as duplicates`]
      : []),
    ...(late > 0 ? [`${groupDigits(late)} accepted after a first send that failed`] : []),
    ...(servedBefore.created > 0 ? [`${groupDigits(servedBefore.created)} accepted`] : []),
    ...failures({ ...outcomes, unresolved }),
  ];
  const rows: Row[] = [['retries', parts.join(', ')]];
  if (servedBefore.created > 0) {
    rows.push([
      '',
      isMarked
        ? `${formatCount(servedBefore.created, 'stored order')} sent again: accepted as new, not as a duplicate`
        : 'no answer says x-order-result: duplicate, so it cannot be told whether the target knew them again',
    ]);
  }
  const stored = resolvedOf(servedBefore);
  const refused = stored - servedOf(servedBefore);
  if (refused > 0) {
    rows.push([
      '',
      `${groupDigits(refused)} of ${formatCount(stored, 'stored order')} sent again got no success: ${failures(servedBefore).join(', ')}`,
    ]);
  }
  return rows;
}

function failures(counts: OutcomeCounts & { readonly unresolved?: number }): string[] {
  const names = OUTCOMES.filter((name) => !(SUCCESS_OUTCOMES as readonly Outcome[]).includes(name));
  return [...names, 'unresolved' as const].flatMap((name) => {
    const count = counts[name] ?? 0;
    return count > 0 ? [`${groupDigits(count)} ${name}`] : [];
  });
}
