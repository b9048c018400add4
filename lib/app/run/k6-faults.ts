import type { K6Result } from '../../node/run/k6-process.ts';

/** One line for k6's last error if its exit code means failure, and one if its log is incomplete. */
export function k6Faults({
  exitCode,
  lastError,
  logFault,
}: Pick<K6Result, 'exitCode' | 'lastError' | 'logFault'>): readonly string[] {
  const isFailure = exitCode !== null && exitCode !== 0;
  return [
    ...(isFailure && lastError !== null ? [`k6 said   ${lastError}`] : []),
    ...(logFault === null ? [] : [logFault]),
  ];
}
