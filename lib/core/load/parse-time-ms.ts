const DAY_MS = 86_400_000;

/** A number below is seconds, up to the year 5138; one from here on is milliseconds, from 1973 on. */
const FIRST_MS = 1e11;
/** In milliseconds the year 2286. What is above is microseconds, or a date without its dashes. */
const ABOVE_MS = 1e13;

const NUMBER = /^(\d+)(?:\.(\d+))?$/;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:[Zz]|([+-]\d\d)(?::?(\d\d))?)?$/;
const CLF = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d\d)(\d\d)$/;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Epoch milliseconds of a time in any spelling, or null for anything else. */
export function parseTimeMs(text: string): number | null {
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
