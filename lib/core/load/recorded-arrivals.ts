import { UserError } from '../config/user-error.ts';

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

/** A number below is seconds, up to the year 5138; one from here on is milliseconds, from 1973 on. */
const FIRST_MS = 1e11;
/** In milliseconds the year 2286. What is above is microseconds, or a date without its dashes. */
const ABOVE_MS = 1e13;

const NUMBER = /^(\d+)(?:\.(\d+))?$/;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:[Zz]|([+-]\d\d)(?::?(\d\d))?)?$/;
const CLF = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d\d)(\d\d)$/;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
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
    throw new UserError('E_ARRIVALS', `${name}: no orders in it; record at least one`);
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
      `${place} has the time of the line before it; add their counts up`,
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
          `${excerpt(line.text)} does not have ${width} cells; mend or drop the line`,
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
    `${excerpt(line.text)} has no time; give it one of the keys ${TIME_NAMES.join(', ')}`,
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
    `${excerpt(line.text)} is no JSON object; expected one on every line, as on the first`,
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

/** Epoch milliseconds of a time in any spelling, or null for anything else. */
function parseTimeMs(text: string): number | null {
  const number = NUMBER.exec(text);
  if (number !== null) {
    const whole = Number(number[1]);
    if (whole >= ABOVE_MS) return null;
    return whole < FIRST_MS ? msOfSeconds(whole, number[2]) : Number(text);
  }
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, fraction, zoneHours, zoneMinutes] = iso;
    const date = [Number(year), Number(month), Number(day)] as const;
    const time = [Number(hour), Number(minute), Number(second ?? 0)] as const;
    const seconds = epochSeconds(date, time, zoneHours, zoneMinutes);
    return seconds === null ? null : msOfSeconds(seconds, fraction);
  }
  const clf = CLF.exec(text);
  if (clf !== null) {
    const [, day, month, year, hour, minute, second, zoneHours, zoneMinutes] = clf;
    const date = [Number(year), MONTHS.indexOf(month as string) + 1, Number(day)] as const;
    const time = [Number(hour), Number(minute), Number(second)] as const;
    const seconds = epochSeconds(date, time, zoneHours, zoneMinutes);
    return seconds === null ? null : seconds * 1000;
  }
  return null;
}

/** Shifts the point in the text: times 1000, 1732000000.123 would no longer be a whole millisecond. */
function msOfSeconds(seconds: number, fraction = ''): number {
  if (fraction.length <= 3) return seconds * 1000 + Number(fraction.padEnd(3, '0'));
  return Number(`${seconds}${fraction.slice(0, 3)}.${fraction.slice(3)}`);
}

/**
 * Null for a date that no calendar has, and before 1970. `Date.parse` would take 30 February for
 * 1 March, a time without a zone for local time, and cut microseconds.
 */
function epochSeconds(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number],
  zoneHours = '+00',
  zoneMinutes = '00',
): number | null {
  const zoneHour = Math.abs(Number(zoneHours));
  const zoneMinute = Number(zoneMinutes);
  if (year < 1970 || month < 1 || month > 12 || day < 1) return null;
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return null;
  const monthStartMs = Date.UTC(year, month - 1, 1);
  if (day > (Date.UTC(year, month, 1) - monthStartMs) / DAY_MS) return null;
  const zoneSeconds = (zoneHour * 60 + zoneMinute) * (zoneHours.startsWith('-') ? -60 : 60);
  const daySeconds = monthStartMs / 1000 + (day - 1) * 86_400;
  const seconds = daySeconds + (hour * 60 + minute) * 60 + second - zoneSeconds;
  return seconds < 0 ? null : seconds;
}

function noTime(line: Line, text: string): UserError {
  return failure(
    line,
    `${excerpt(text)} is no time; expected epoch seconds, epoch milliseconds or ISO 8601`,
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
