import { EXIT } from '../errors/user-error.ts';
import { neverConnected } from './evidence.ts';
import type { Report } from './schema/report-schema.ts';

/** The exit code of a run. `signal` is the signal that stopped the command itself, or null. */
export function exitCodeOf(
  report: Report,
  { signal }: { readonly signal: 'SIGINT' | 'SIGTERM' | null },
): number {
  if (signal === 'SIGTERM') return EXIT.terminated;
  if (signal === 'SIGINT' || report.run.status === 'interrupted') return EXIT.interrupted;
  if (report.run.verdict === 'invalid') {
    const { requests, warmup } = report;
    return neverConnected(requests.outcomes, warmup.outcomes) ? EXIT.environment : EXIT.invalid;
  }
  return report.run.verdict === 'pass' ? EXIT.pass : EXIT.sloMissed;
}
