import { NOT_SENT_REASONS } from '../order/not-sent.ts';
import type { NotSent, NotSentBySteps } from '../telemetry/tally.ts';
import type { Report } from './schema/report-schema.ts';

type NotSentList = NonNullable<Report['generator']['notSent']>;

/** The sum, step by step and reason by reason. */
export function addNotSent(parts: readonly NotSentBySteps[]): NotSentBySteps {
  const names = [...new Set(parts.flatMap((part) => Object.keys(part)))].sort();
  return Object.fromEntries(
    names.map((name) => [name, addReasons(parts.flatMap((part) => part[name] ?? []))]),
  );
}

/** Of all steps together. */
export function notSentInAll(bySteps: NotSentBySteps): NotSent {
  return addReasons(Object.values(bySteps));
}

/** As a report holds it, most frequent first. */
export function notSentList(notSent: NotSent): NotSentList {
  return NOT_SENT_REASONS.map((why) => ({ why, orders: notSent[why] ?? 0 }))
    .filter(({ orders }) => orders > 0)
    .sort((a, b) => b.orders - a.orders);
}

/** The inverse of `notSentList`. */
export function notSentOfList(list: NotSentList): NotSent {
  return Object.fromEntries(list.map(({ why, orders }) => [why, orders]));
}

/**
 * The orders that limits of the load generator's machine kept back. A ceiling in flight that the user gave is none of
 * them, nor are the virtual users of a scenario of the user's own.
 */
export function keptBackOf(
  list: NotSentList | undefined,
  { inFlightLimit }: { readonly inFlightLimit?: object | undefined },
): number {
  return (list ?? []).reduce((sum, { why, orders }) => {
    const isOfMachine = why === 'inFlight' ? inFlightLimit !== undefined : why !== 'virtualUsers';
    return isOfMachine ? sum + orders : sum;
  }, 0);
}

function addReasons(parts: readonly NotSent[]): NotSent {
  const sum = (why: keyof NotSent) => parts.reduce((total, part) => total + (part[why] ?? 0), 0);
  return Object.fromEntries(
    NOT_SENT_REASONS.flatMap((why) => (sum(why) === 0 ? [] : [[why, sum(why)]])),
  );
}
