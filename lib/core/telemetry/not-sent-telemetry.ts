import { countOf } from '../histogram/count.ts';
import { NOT_SENT_REASONS, type NotSentReason } from '../order/not-sent.ts';
import type { SeriesId } from './series-id.ts';
import type { SeriesState } from './series-state.ts';
import type { NotSent, NotSentBySteps } from './tally.ts';

/** Reasons of orders that were not even started. Every other reason is only known once an order was started. */
const NOT_BEGUN: readonly string[] = [
  'inFlight',
  'overdue',
  'virtualUsers',
] satisfies NotSentReason[];

export function wasCountedAsStarted({ why }: Pick<SeriesId, 'why'>): boolean {
  return !NOT_BEGUN.includes(why);
}

export function isNotSentReason(why: string): why is NotSentReason {
  return NOT_SENT_REASONS.some((reason) => reason === why);
}

/** Orders that were not sent, by step and reason. Orders of a scenario without steps count in the default step. */
export function notSentOf(series: readonly SeriesState[]): NotSentBySteps {
  const steps: Record<string, Partial<Record<NotSentReason, number>>> = {};
  const count = (step: string, why: NotSentReason, orders: number): void => {
    const ofStep = steps[step] ?? {};
    steps[step] = ofStep;
    ofStep[why] = (ofStep[why] ?? 0) + orders;
  };
  for (const { id, settled } of series) {
    const value = settled?.value;
    if (id.kind === 'dropped' && typeof value === 'number' && value > 0) {
      count(id.step, 'virtualUsers', value);
    } else if (id.kind === 'notSent' && typeof value === 'object' && isNotSentReason(id.why)) {
      count(id.step, id.why, countOf(value));
    }
  }
  return steps;
}

/** Number of these orders that were counted as started before it was known that they could not be sent. */
export function startedInVain(notSent: NotSent): number {
  return sumNotSent(
    Object.fromEntries(Object.entries(notSent).filter(([why]) => wasCountedAsStarted({ why }))),
  );
}

export function sumNotSent(notSent: NotSent): number {
  return Object.values(notSent).reduce((sum, orders) => sum + orders, 0);
}
