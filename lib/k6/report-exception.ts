import { EXCEPTION_PREFIX } from '../core/telemetry/metric-names.ts';

/** Provided by k6, whose types lack it. */
declare const console: { error(text: string): void };

/**
 * Reports a caught exception. It is caught so one order does not end the loop that starts all of them; k6 itself only
 * reports exceptions that end an iteration.
 */
export function reportException(error: unknown): void {
  const { stack } = error as { stack?: string };
  console.error(EXCEPTION_PREFIX + (stack ?? String(error)));
}
