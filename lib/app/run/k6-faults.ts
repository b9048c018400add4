import type { K6Result } from '../../node/run/k6-process.ts';

/** What k6 itself says of an end that its exit code calls a failure, and what its log lacks: a line each. */
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
