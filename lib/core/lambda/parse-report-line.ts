/** Lambda's report on one invocation. */
export interface InvocationReport {
  readonly requestId: string;
  /** Time in the handler; includes INIT if that ran again inside the invocation. */
  readonly durationMs: number;
  /** With the billed part of restoring a snapshot. */
  readonly billedMs: number;
  /** INIT before this invocation, or the restoring of a snapshot; null if the environment already existed. */
  readonly initMs: number | null;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  /**
   * `success`, `error`, `timeout` or `failure` (of Lambda itself). Null if the line has no status: the text format has
   * one only for errors of the runtime and timeouts, not for errors that the handler threw.
   */
  readonly status: string | null;
}

/**
 * Parses one line of a function's log: the report of an invocation in either of Lambda's log formats, text (`REPORT
 * RequestId: …`) or JSON (`platform.report`). Returns null for any other line.
 *
 * @throws SyntaxError if a figure of a report is missing or unreadable.
 */
export function parseReportLine(line: string): InvocationReport | null {
  if (line.startsWith('REPORT RequestId:')) return parseText(line);
  if (line.startsWith('{') && line.includes('"platform.report"')) return parseJson(line);
  return null;
}

function parseText(text: string): InvocationReport {
  const fields = new Map<string, string>();
  // Tracing appends a second line of the same form.
  for (const part of text.slice('REPORT '.length).split(/[\t\n]/)) {
    const colon = part.indexOf(': ');
    const name = part.slice(0, colon);
    if (colon !== -1 && !fields.has(name)) fields.set(name, part.slice(colon + 2).trim());
  }
  const figure = (name: string, unit: string) => {
    const value = fields.get(name);
    const number = value?.endsWith(` ${unit}`) ? value.slice(0, -unit.length - 1) : null;
    return figureOf(name, number !== null && /^\d+(\.\d+)?$/.test(number) ? Number(number) : null);
  };
  const coldFigure = (name: string) => (fields.has(name) ? figure(name, 'ms') : null);
  const requestId = fields.get('RequestId');
  if (!requestId) throw new SyntaxError('a REPORT line has no RequestId');
  return {
    requestId,
    durationMs: figure('Duration', 'ms'),
    billedMs: figure('Billed Duration', 'ms') + (coldFigure('Billed Restore Duration') ?? 0),
    initMs: coldFigure('Init Duration') ?? coldFigure('Restore Duration'),
    memorySizeMb: figure('Memory Size', 'MB'),
    maxMemoryUsedMb: figure('Max Memory Used', 'MB'),
    status: fields.get('Status') ?? null,
  };
}

interface PlatformReport {
  readonly type?: unknown;
  readonly record?: {
    readonly requestId?: unknown;
    readonly status?: unknown;
    readonly metrics?: Readonly<Record<string, unknown>>;
  };
}

function parseJson(line: string): InvocationReport | null {
  let value: PlatformReport;
  try {
    value = JSON.parse(line) as PlatformReport;
  } catch {
    // A function may log any text; only Lambda's own lines are certain to be complete JSON.
    return null;
  }
  if (value.type !== 'platform.report') return null;
  const { record } = value;
  const { requestId, status } = record ?? {};
  if (typeof requestId !== 'string') throw new SyntaxError('a platform.report has no requestId');
  const figure = (name: string) => figureOf(name, record?.metrics?.[name]);
  const coldFigure = (name: string) =>
    record?.metrics?.[name] === undefined ? null : figure(name);
  return {
    requestId,
    durationMs: figure('durationMs'),
    billedMs: figure('billedDurationMs') + (coldFigure('billedRestoreDurationMs') ?? 0),
    initMs: coldFigure('initDurationMs') ?? coldFigure('restoreDurationMs'),
    memorySizeMb: figure('memorySizeMB'),
    maxMemoryUsedMb: figure('maxMemoryUsedMB'),
    status: typeof status === 'string' ? status : null,
  };
}

function figureOf(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new SyntaxError(`a report of Lambda has no readable "${name}"`);
}
