import { NOT_SENT_REASONS } from '../order/not-sent.ts';
import type { NotSent, NotSentBySteps } from '../telemetry/tally.ts';
import type { Report } from './schema/report-schema.ts';

type NotSentList = NonNullable<Report['generator']['notSent']>;

/** The sum by step and reason. */
export function addNotSent(parts: readonly NotSentBySteps[]): NotSentBySteps {
  const names = [...new Set(parts.flatMap((part) => Object.keys(part)))].sort();
  return Object.fromEntries(
    names.map((name) => [name, addReasons(parts.flatMap((part) => part[name] ?? []))]),
  );
}

/** The sum over all steps, by reason. */
export function notSentInAll(bySteps: NotSentBySteps): NotSent {
  return addReasons(Object.values(bySteps));
}

/** The reasons as a list for the report, most frequent first. */
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
 * The dropped orders that a limit of the load generator's machine kept back. A user's own --max-in-flight is not such
 * a limit, nor are the virtual users of a user's own scenario.
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
