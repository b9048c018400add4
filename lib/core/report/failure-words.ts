import { groupDigits } from './format-figure.ts';
import type { Failure } from './schema/failure-schema.ts';

/** Most ways to fail that are named beside the count of an outcome. */
const MOST_NAMED = 3;

/** The name of a failure: its status, or k6's error text; "not told apart" for the rest of an outcome. */
export function failureName({ status, error }: Pick<Failure, 'status' | 'error'>): string {
  return status === null ? (error ?? 'not told apart') : String(status);
}

/** In which seconds of the load a failure occurred: "second 6 to 12", or an empty text. */
export function failureSeconds({ fromMs, toMs }: Pick<Failure, 'fromMs' | 'toMs'>): string {
  if (fromMs === null || toMs === null) return '';
  const from = Math.floor(fromMs / 1000);
  const to = Math.max(from, Math.round(toMs / 1000));
  return from === to ? `second ${from}` : `second ${from} to ${to}`;
}

/** The ways in which orders of one outcome failed: "403" or "403 × 180, 401 × 61"; empty if nothing is known. */
export function failureNames(failures: readonly Failure[] | undefined, outcome: string): string {
  const of = (failures ?? []).filter((one) => one.outcome === outcome);
  const [only] = of;
  if (only === undefined || of.every(({ status, error }) => status === null && error === null)) {
    return '';
  }
  if (of.length === 1) return failureName(only);
  const named = of
    .slice(0, MOST_NAMED)
    .map((one) => `${failureName(one)} × ${groupDigits(one.orders)}`);
  return [...named, ...(of.length > MOST_NAMED ? ['others'] : [])].join(', ');
}
