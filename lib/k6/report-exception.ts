import { EXCEPTION_PREFIX } from '../core/telemetry/metric-names.ts';

/** k6's own, whose types know no global of this name. */
declare const console: { error(text: string): void };

/**
 * Tells of an exception that is caught, so that one order does not end the loop that starts all of them; k6
 * itself names only what ends an iteration.
 */
export function reportException(error: unknown): void {
  const { stack } = error as { stack?: string };
  console.error(EXCEPTION_PREFIX + (stack ?? String(error)));
}
