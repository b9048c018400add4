import type { FunctionName } from './function-name.ts';

/** The function and the version whose environment writes a log stream; null is unknown. */
export interface LogStream {
  readonly name: string | null;
  readonly version: string | null;
}

/**
 * Parses the name of a log stream: `2026/11/20/[VERSION]GUID` in a function's default log group, and
 * `2026/11/20/NAME[VERSION]GUID` in any other, which functions may share. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html.
 */
export function parseLogStream(text: string): LogStream {
  const [, name, version] = /^\d+\/\d+\/\d+\/?([^[\]/]*)\[([^\]]+)\]/.exec(text) ?? [];
  return { name: name || null, version: version ?? null };
}

/** Whether a log stream may be one of this function and, if it is called by an alias, of the alias's version. */
export function isStreamOf(
  stream: LogStream,
  { name }: FunctionName,
  version: string | null,
): boolean {
  return (
    (stream.name === null || stream.name === name) &&
    (version === null || stream.version === null || stream.version === version)
  );
}
