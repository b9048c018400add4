import { quantile } from '../histogram/quantile.ts';
import { OUTCOMES } from '../order/outcome.ts';
import { resolvedOf, servedOf } from '../report/outcome-counts.ts';
import type { Report } from '../report/schema/report-schema.ts';

type Window = Report['windows'][number];
type Column = readonly [name: string, pick: (window: Window) => number | null | undefined];

/** Rounded to millionths: finer than any measurement, and without the tail of a binary fraction. */
const DIGITS = 6;

const latency = (q: number) => (window: Window) => quantile(window.success, q);

const COLUMNS: readonly Column[] = [
  ['start_offset_ms', ({ startOffsetMs }) => startOffsetMs],
  ['length_ms', ({ lengthMs }) => lengthMs],
  ['offered_orders', ({ offered }) => offered],
  ['sent_orders', ({ sent }) => sent],
  ['dropped_orders', ({ dropped }) => dropped],
  ['resolved_orders', ({ outcomes }) => resolvedOf(outcomes)],
  ['offered_per_second', ({ offered, lengthMs }) => (offered * 1000) / lengthMs],
  ['served_per_second', ({ outcomes, lengthMs }) => (servedOf(outcomes) * 1000) / lengthMs],
  ...OUTCOMES.map(
    (outcome): Column => [`${snakeCase(outcome)}_orders`, ({ outcomes }) => outcomes[outcome]],
  ),
  ['success_p50_ms', latency(0.5)],
  ['success_p95_ms', latency(0.95)],
  ['success_p99_ms', latency(0.99)],
  ['vus_count', ({ vus }) => vus],
  ['in_flight_orders', ({ inFlight }) => inFlight],
  ['cold_starts_count', ({ coldStarts }) => coldStarts],
  ['environment_memory_mb', ({ environmentMemoryMb }) => environmentMemoryMb],
  ['platform_concurrency_count', ({ platform }) => platform?.concurrency],
  ['platform_cold_starts_count', ({ platform }) => platform?.coldStarts],
  ['platform_throttles_count', ({ platform }) => platform?.throttles],
];

/**
 * The windows of a report as CSV (RFC 4180): one line each, units in the header, and an empty field for an
 * unknown value. Percentiles are those of created and duplicate orders, from the window's own histogram. Every
 * report has the same columns, and all fields are numbers, so none is quoted.
 */
export function renderWindowsCsv({ windows }: Report): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...windows.map((window) => COLUMNS.map(([, pick]) => field(pick(window)))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function field(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(Number(value.toFixed(DIGITS)));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
