import { parseTimeMs } from '../load/parse-time-ms.ts';

/** From here on a number counts microseconds, from 1973 on. */
const FIRST_US = 1e14;
/** From here on nanoseconds. */
const FIRST_NS = 1e17;
const WHOLE = /^\d+$/;
/** Steps in which a clock may tell the time, longest first, and how many times must agree on one. */
const STEPS = [
  { ms: 60_000, fewest: 3 },
  { ms: 1000, fewest: 1 },
  { ms: 100, fewest: 3 },
  { ms: 10, fewest: 3 },
] as const;

/**
 * Epoch ms of a `storedAt` in epoch seconds, milliseconds, microseconds or nanoseconds, as a number or a text, or in
 * ISO 8601 (UTC where it names no zone). Null for anything else.
 */
export function parseStoredAtMs(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const text = String(value).trim();
  if (WHOLE.test(text)) {
    const whole = Number(text);
    if (whole === 0 || !Number.isFinite(whole)) return null;
    if (whole >= FIRST_NS) return whole / 1e6;
    if (whole >= FIRST_US) return whole / 1000;
  }
  return parseTimeMs(text);
}

/** The step in which all of these times are told: 1000 where each is a whole second; 1 at the least. */
export function stepOfTimesMs(timesMs: readonly number[]): number {
  const step = STEPS.find(
    ({ ms, fewest }) => timesMs.length >= fewest && timesMs.every((time) => time % ms === 0),
  );
  return step?.ms ?? 1;
}
