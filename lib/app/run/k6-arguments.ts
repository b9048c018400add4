export interface K6ArgumentsInput {
  readonly configPath: string;
  readonly telemetryArgs: readonly string[];
  /** File for k6's own summary, or null for none. */
  readonly summaryPath: string | null;
  /** Requests per second that k6 must not exceed, or null. */
  readonly rpsLimit: number | null;
  readonly bundle: string;
}

/** The command line of a k6 that loads: only the plan decides what it sends, and only the suite judges it. */
export function k6Arguments(input: K6ArgumentsInput): readonly string[] {
  const { configPath, telemetryArgs, summaryPath, rpsLimit, bundle } = input;
  return [
    'run',
    '--config',
    configPath,
    '--log-format',
    'json',
    '--no-color',
    '--quiet',
    '--no-usage-report',
    '--no-thresholds',
    '--max-redirects',
    '0',
    '--discard-response-bodies=false',
    ...telemetryArgs,
    ...(summaryPath === null ? ['--summary-mode', 'disabled'] : ['--summary-export', summaryPath]),
    ...(rpsLimit === null ? [] : ['--rps', String(rpsLimit)]),
    bundle,
  ];
}
