import { OUTCOMES, type Outcome, SUCCESS_OUTCOMES } from '../order/outcome.ts';
import type { FailureExample } from '../telemetry/failure-example.ts';
import type { FailureTally } from '../telemetry/tally.ts';
import { failureHint } from './failure-hint.ts';
import { resolvedOf, servedOf } from './outcome-counts.ts';
import type { Failure, ShownExample } from './schema/failure-schema.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';
import type { TimedWindow } from './windows.ts';

/** Most ways to fail that a report distinguishes. */
export const MAX_FAILURES = 30;

/** Orders that failed in one way; can be added up over runners. */
export interface MeasuredFailure extends Omit<FailureTally, 'firstMs' | 'lastMs'> {
  /** Epoch ms of the first and the last; null when not known. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly example?: ShownExample;
}

export function measuredFailures(
  tallies: readonly FailureTally[] | undefined,
): readonly MeasuredFailure[] | undefined {
  return tallies?.map(({ firstMs, lastMs, ...way }) => ({ ...way, fromMs: firstMs, toMs: lastMs }));
}

/** The sum, by way of failing; undefined if no part has any. */
export function addFailures(
  parts: readonly (readonly MeasuredFailure[] | undefined)[],
): readonly MeasuredFailure[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length === 0) return undefined;
  const byWay = new Map<string, MeasuredFailure>();
  for (const one of known.flat()) {
    const before = byWay.get(wayOf(one));
    byWay.set(wayOf(one), before === undefined ? one : addFailure(before, one));
  }
  return [...byWay.values()];
}

function addFailure(a: MeasuredFailure, b: MeasuredFailure): MeasuredFailure {
  const pick = (of: (...values: number[]) => number, x: number | null, y: number | null) =>
    x === null || y === null ? (x ?? y) : of(x, y);
  // The example is that of the earlier failure, whatever the order of the arguments.
  const [first, second] = isEarlier(b, a) ? [b, a] : [a, b];
  const example = first.example ?? second.example;
  return {
    ...a,
    orders: a.orders + b.orders,
    fromMs: pick(Math.min, a.fromMs, b.fromMs),
    toMs: pick(Math.max, a.toMs, b.toMs),
    ...(example && { example }),
  };
}

function isEarlier(a: MeasuredFailure, b: MeasuredFailure): boolean {
  if (a.fromMs !== b.fromMs) return (a.fromMs ?? Infinity) < (b.fromMs ?? Infinity);
  return JSON.stringify(a.example ?? null) < JSON.stringify(b.example ?? null);
}

/** The failures, each with its recorded example, whose time is exact to the millisecond. */
export function withExamples(
  failures: readonly MeasuredFailure[] | undefined,
  examples: readonly FailureExample[],
): readonly MeasuredFailure[] | undefined {
  const byWay = new Map(examples.map((example) => [wayOf(example), example]));
  return failures?.map((failure) => {
    const found = byWay.get(wayOf(failure));
    if (found === undefined) return failure;
    const { atMs, words, headers, body, bodyCharacters } = found;
    const { fromMs } = failure;
    // An example from the warm-up is earlier than all counted failures.
    const isFirst = fromMs !== null && atMs >= fromMs && atMs <= fromMs + EXAMPLE_WITHIN_MS;
    return {
      ...failure,
      fromMs: isFirst ? atMs : fromMs,
      example: { ...(words !== '' && { words }), headers, body, bodyCharacters },
    };
  });
}

/** A first failure is pushed within a second, or a little later if k6 is busy. */
const EXAMPLE_WITHIN_MS = 2000;

/** The failures of a report. */
export function failureFigures(
  failures: readonly MeasuredFailure[],
  outcomes: OutcomeCounts,
  startMs: number | null,
  windows: readonly TimedWindow[],
): Failure[] {
  const sorted = [...failures].sort((a, b) => b.orders - a.orders || compareWays(a, b));
  const shown = sorted.slice(0, MAX_FAILURES).map((failure): Failure => {
    const { outcome, status, error, arm, orders, example } = failure;
    const after = (ms: number | null) =>
      ms === null || startMs === null ? null : Math.max(0, Math.round(ms - startMs));
    const figure = {
      outcome,
      status: status === 0 ? null : status,
      error: status === 0 ? error : null,
      ...(arm !== null && { arm }),
      orders,
      fromMs: after(failure.fromMs),
      toMs: after(failure.toMs),
      ...(example && { example }),
    };
    const hint = failureHint(figure, isSince(failure, windows));
    return hint === null ? figure : { ...figure, hint };
  });
  const rest = FAILED_OUTCOMES.flatMap((outcome): Failure[] => {
    const listed = shown.reduce((sum, one) => sum + (one.outcome === outcome ? one.orders : 0), 0);
    const orders = outcomes[outcome] - listed;
    if (orders <= 0) return [];
    return [{ outcome, status: null, error: null, orders, fromMs: null, toMs: null }];
  });
  return [...shown, ...rest];
}

/** The inverse of `failureFigures`, without failures that were not told apart. */
export function failuresOfFigures(
  failures: readonly Failure[] | undefined,
  startMs: number | null,
): readonly MeasuredFailure[] | undefined {
  return failures
    ?.filter(({ status, error }) => status !== null || error !== null)
    .map(({ outcome, status, error, arm, orders, fromMs, toMs, example }) => ({
      outcome,
      status: status ?? 0,
      error: error ?? '',
      arm: arm ?? null,
      orders,
      fromMs: fromMs === null ? null : (startMs ?? 0) + fromMs,
      toMs: toMs === null ? null : (startMs ?? 0) + toMs,
      ...(example && { example }),
    }));
}

const FAILED_OUTCOMES = OUTCOMES.filter(
  (outcome) => !(SUCCESS_OUTCOMES as readonly Outcome[]).includes(outcome),
);

/** Windows tell in which second an order was stored, give or take half a second. */
const TOLERANCE_MS = 500;

/** Whether orders were stored until a failure began, none afterwards, and it went on to the end. */
function isSince({ fromMs, toMs }: MeasuredFailure, windows: readonly TimedWindow[]): boolean {
  if (fromMs === null || toMs === null) return false;
  const isServed = ({ outcomes }: TimedWindow) => servedOf(outcomes) > 0;
  const before = windows.filter(
    ({ startMs, lengthMs }) => startMs + lengthMs <= fromMs + TOLERANCE_MS,
  );
  const after = windows.filter(
    ({ startMs, outcomes }) => startMs > fromMs + TOLERANCE_MS && resolvedOf(outcomes) > 0,
  );
  const last = after.at(-1);
  if (last === undefined || after.some(isServed) || !before.some(isServed)) return false;
  return toMs > last.startMs;
}

type Way = Pick<FailureTally, 'outcome' | 'status' | 'error' | 'arm'>;

function wayOf({ outcome, status, error, arm }: Way): string {
  return JSON.stringify([outcome, status, error, arm]);
}

function compareWays(a: Way, b: Way): number {
  return wayOf(a) < wayOf(b) ? -1 : 1;
}
