import { UserError } from '../errors/user-error.ts';
import { parseTimeMs } from './parse-time-ms.ts';

/** Every order with a time of its own. */
export interface RecordedTimes {
  readonly kind: 'times';
  /** Epoch milliseconds, fractions kept, ascending; equal times are several orders. */
  readonly timesMs: readonly number[];
}

/** Orders counted by bucket; between two buckets no order arrived. */
export interface RecordedCounts {
  readonly kind: 'counts';
  /** Ascending, all of one length, none overlaps; a count may be zero. */
  readonly buckets: readonly {
    readonly startMs: number;
    readonly lengthMs: number;
    readonly count: number;
  }[];
}

export type Recording = RecordedTimes | RecordedCounts;

/** What a line says, with the place to blame. */
interface Line {
  readonly file: string;
  /** From 1 on, as an editor counts. */
  readonly number: number;
  readonly text: string;
}

interface Row {
  readonly timeMs: number;
  readonly count: number;
}

interface Layout {
  readonly kind: Recording['kind'];
  readonly hasHeader: boolean;
  readonly rowOf: (line: Line) => Row;
}

/** The first that is there holds the time. The last is how API Gateway spells a time for people. */
const TIME_NAMES = [
  'requestTimeEpoch',
  'requestTimeEpochMs',
  'timestamp',
  'time',
  '@timestamp',
  'requestTime',
] as const;
const COUNT_NAMES = ['count', 'sum', 'samplecount', 'requests', 'orders', 'value'] as const;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const LONGEST_DAYS = 7;
const MOST_ORDERS = 10_000_000;
const LONGEST_EXCERPT = 60;

/** A leading zero would be part of a fraction: some logs write 12:34:56,045. */
const COUNT = /^(?:0|[1-9]\d*)(?:\.0+)?$/;
const CELL = /\s*(?:"([^"]*(?:""[^"]*)*)"\s*|([^",]*))(,|$)/y;

/**
 * When orders arrived, read from a file: one time a line, JSON lines, or CSV with a time and maybe a
 * count a row. `name` is what messages call the file.
 *
 * @throws UserError E_ARRIVALS on one line: file, line number, what is wrong, what to do.
 */
export function parseRecording(text: string, name: string): Recording {
  const timesMs: number[] = [];
  const counts: number[] = [];
  let layout: Layout | null = null;
  let last: Line | null = null;
  let firstMs = 0;
  let previousMs = Number.NEGATIVE_INFINITY;
  let orders = 0;
  for (const line of linesOf(text, name)) {
    if (layout === null) {
      layout = layoutOf(line);
      if (layout.hasHeader) continue;
    }
    const { timeMs, count } = layout.rowOf(line);
    if (last === null) firstMs = timeMs;
    checkOrder(line, layout.kind, timeMs - previousMs);
    checkSpan(line, timeMs - firstMs);
    orders += count;
    if (orders > MOST_ORDERS) {
      throw failure(line, 'more than 10,000,000 orders up to here; cut it');
    }
    timesMs.push(timeMs);
    if (layout.kind === 'counts') counts.push(count);
    previousMs = timeMs;
    last = line;
  }
  if (layout === null || last === null || orders === 0) {
    throw new UserError('E_ARRIVALS', `${name}: contains no orders; record at least one`);
  }
  if (layout.kind === 'times') return { kind: 'times', timesMs };
  const lengthMs = smallestGapMs(timesMs);
  checkSpan(last, previousMs + lengthMs - firstMs);
  const buckets = counts.map((count, i) => ({ startMs: timesMs[i] as number, lengthMs, count }));
  return { kind: 'counts', buckets };
}

function checkOrder(line: Line, kind: Recording['kind'], gapMs: number): void {
  const place = `${line.file}: line ${line.number}`;
  if (gapMs < 0) {
    throw new UserError(
      'E_ARRIVALS',
      `${place} is earlier than the line before it; sort the file by time`,
    );
  }
  if (gapMs === 0 && kind === 'counts') {
    throw new UserError(
      'E_ARRIVALS',
      `${place} has the same time as the line before it; add up their counts`,
    );
  }
}

function checkSpan(line: Line, spanMs: number): void {
  if (spanMs <= LONGEST_DAYS * DAY_MS) return;
  throw failure(line, `more than ${LONGEST_DAYS} days after the first time; cut it`);
}

function smallestGapMs(timesMs: readonly number[]): number {
  let smallestMs = Number.POSITIVE_INFINITY;
  for (let i = 1; i < timesMs.length; i++) {
    smallestMs = Math.min(smallestMs, (timesMs[i] as number) - (timesMs[i - 1] as number));
  }
  return Number.isFinite(smallestMs) ? smallestMs : MINUTE_MS;
}

/** Lines that say something. A CSV row goes on in the next line where a quoted cell does. */
function* linesOf(text: string, file: string): Generator<Line, void, undefined> {
  let start = 0;
  for (let number = 1; start < text.length; number++) {
    let end = lineEnd(text, start);
    // Takes a byte order mark off too.
    const line = text.slice(start, end).trim();
    if (line.startsWith('{')) {
      yield { file, number, text: line };
    } else if (line !== '' && !line.startsWith('#')) {
      const first = number;
      let isOpen = hasOddQuotes(line);
      while (isOpen && end < text.length) {
        const next = lineEnd(text, end + 1);
        isOpen = !hasOddQuotes(text.slice(end + 1, next));
        end = next;
        number++;
      }
      yield { file, number: first, text: text.slice(start, end).trim() };
    }
    start = end + 1;
  }
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

function hasOddQuotes(line: string): boolean {
  let isOdd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}

function layoutOf(first: Line): Layout {
  if (first.text.startsWith('{')) {
    return {
      kind: 'times',
      hasHeader: false,
      rowOf: (line) => ({ timeMs: timeInJson(line), count: 1 }),
    };
  }
  const cells = cellsOf(first);
  const timeColumn = columnOf(cells, TIME_NAMES);
  if (timeColumn !== -1) {
    return table(true, cells.length, timeColumn, columnOf(cells, COUNT_NAMES));
  }
  if (!/^\s*\d/.test(cells[0] ?? '')) {
    throw failure(
      first,
      `${excerpt(first.text)} is no time, and no header with a column of times; known columns: ` +
        `${TIME_NAMES.join(', ')}; for counts also ${COUNT_NAMES.join(', ')}`,
    );
  }
  return cells.length === 1 ? table(false, 1, 0, -1) : table(false, 2, 0, 1);
}

function columnOf(header: readonly string[], names: readonly string[]): number {
  const columns = header.map((cell) => cell.trim().toLowerCase());
  const name = names.find((known) => columns.includes(known.toLowerCase()));
  return name === undefined ? -1 : columns.indexOf(name.toLowerCase());
}

/** `countColumn` is -1 where every row is one order. */
function table(hasHeader: boolean, width: number, timeColumn: number, countColumn: number): Layout {
  const isCounted = countColumn !== -1;
  return {
    kind: isCounted ? 'counts' : 'times',
    hasHeader,
    rowOf: (line) => {
      const cells = cellsOf(line);
      if (cells.length !== width) {
        // Where one time a line is expected, nobody thinks of cells.
        if (width === 1) throw noTime(line, line.text);
        throw failure(
          line,
          `${excerpt(line.text)} does not have ${width} cells; fix or remove the line`,
        );
      }
      const timeMs = timeOf(line, cells[timeColumn] as string);
      return { timeMs, count: isCounted ? countOf(line, cells[countColumn] as string) : 1 };
    },
  };
}

function cellsOf(line: Line): readonly string[] {
  const { text } = line;
  if (!text.includes('"')) return text.split(',');
  const cells: string[] = [];
  CELL.lastIndex = 0;
  for (;;) {
    const match = CELL.exec(text);
    if (match === null) {
      throw failure(line, `${excerpt(text)} has a quote out of place; quote whole cells or none`);
    }
    cells.push(match[1]?.split('""').join('"') ?? match[2] ?? '');
    if (match[3] === '') return cells;
  }
}

function timeInJson(line: Line): number {
  const object = objectOf(line);
  for (const name of TIME_NAMES) {
    const value = object[name];
    if (typeof value === 'number' || typeof value === 'string') return timeOf(line, `${value}`);
    if (value !== undefined && value !== null) throw noTime(line, JSON.stringify(value));
  }
  throw failure(
    line,
    `${excerpt(line.text)} has no time; use one of the keys ${TIME_NAMES.join(', ')}`,
  );
}

function objectOf(line: Line): Readonly<Record<string, unknown>> {
  try {
    if (line.text.startsWith('{')) return JSON.parse(line.text);
  } catch {
    // Told below, in the same words.
  }
  throw failure(
    line,
    `${excerpt(line.text)} is not a JSON object; expected one on every line, as on the first`,
  );
}

function countOf(line: Line, cell: string): number {
  const text = cell.trim();
  if (COUNT.test(text)) return Number(text);
  throw failure(line, `${excerpt(text)} is no count; expected a whole number from 0 on`);
}

function timeOf(line: Line, cell: string): number {
  const text = cell.trim();
  const timeMs = parseTimeMs(text);
  if (timeMs === null) throw noTime(line, text);
  return timeMs;
}

function noTime(line: Line, text: string): UserError {
  return failure(
    line,
    `${excerpt(text)} is not a time; expected epoch seconds, epoch milliseconds or ISO 8601`,
  );
}

function failure(line: Line, problem: string): UserError {
  return new UserError('E_ARRIVALS', `${line.file}: line ${line.number}: ${problem}`);
}

function excerpt(text: string): string {
  return JSON.stringify(
    text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT - 1)}…` : text,
  );
}
