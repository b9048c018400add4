import { parseTimeMs } from '../load/parse-time-ms.ts';

/** Numbers from here on are microseconds (from 1973 on). */
const FIRST_US = 1e14;
/** Numbers from here on are nanoseconds. */
const FIRST_NS = 1e17;
const WHOLE = /^\d+$/;
/** Resolutions that a clock may have, longest first, and how many times must agree on one. */
const STEPS = [
  { ms: 60_000, fewest: 3 },
  { ms: 1000, fewest: 1 },
  { ms: 100, fewest: 3 },
  { ms: 10, fewest: 3 },
] as const;

/**
 * Parses a `storedAt` in epoch seconds, milliseconds, microseconds or nanoseconds, as a number or a text, or in ISO
 * 8601 (UTC without a zone). Returns epoch ms, or null for anything else.
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

/** Returns the resolution in ms that all of these times share: 1000 if each is a whole second; at least 1. */
export function stepOfTimesMs(timesMs: readonly number[]): number {
  const step = STEPS.find(
    ({ ms, fewest }) => timesMs.length >= fewest && timesMs.every((time) => time % ms === 0),
  );
  return step?.ms ?? 1;
}
