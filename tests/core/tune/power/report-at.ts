import type { TimedReport } from '../../../../lib/core/lambda/platform-control.ts';

/** Lambda's report of a warm invocation that succeeded, written at that time. */
export function reportAt(atMs: number, rest: Partial<TimedReport> = {}): TimedReport {
  return {
    atMs,
    requestId: `request-${atMs}`,
    durationMs: 10,
    billedMs: 10,
    initMs: null,
    memorySizeMb: 512,
    maxMemoryUsedMb: 80,
    status: 'success',
    ...rest,
  };
}
