import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/core/errors/user-error.ts';
import { parseRecording, type Recording } from '../../../lib/core/load/recorded-arrivals.ts';

const read = (...lines: readonly string[]): Recording => parseRecording(lines.join('\n'), 'rec');

function timesOf(...lines: readonly string[]): readonly number[] {
  const recording = read(...lines);
  if (recording.kind !== 'times') throw new TypeError('counts, not times');
  return recording.timesMs;
}

function bucketsOf(...lines: readonly string[]): readonly (readonly [number, number, number])[] {
  const recording = read(...lines);
  if (recording.kind !== 'counts') throw new TypeError('times, not counts');
  return recording.buckets.map(({ startMs, lengthMs, count }) => [startMs, lengthMs, count]);
}

function failureOf(...lines: readonly string[]): string {
  try {
    read(...lines);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error).toMatchObject({ code: 'E_ARRIVALS', exitCode: 2 });
    expect(error.message).not.toContain('\n');
    return error.message;
  }
  throw new TypeError('read without a failure');
}

const NO_TIME = 'is not a time; expected epoch seconds, epoch milliseconds or ISO 8601';
const KNOWN = 'requestTimeEpoch, requestTimeEpochMs, timestamp, time, @timestamp, requestTime';

describe('one time a line', () => {
  it.each([
    ['1732000000', 1_732_000_000_000],
    ['1732000000.125', 1_732_000_000_125],
    ['1732000000.123', 1_732_000_000_123],
    ['1732000000.1', 1_732_000_000_100],
    ['1732000000.123456', 1_732_000_000_123.456],
    ['0', 0],
    ['0.5', 500],
    ['99999999999', 99_999_999_999_000],
    ['100000000000', 100_000_000_000],
    ['1732000000123', 1_732_000_000_123],
    ['1732000000123.25', 1_732_000_000_123.25],
    ['2024-11-19T07:06:40Z', 1_732_000_000_000],
    ['2024-11-19t07:06:40z', 1_732_000_000_000],
    ['2024-11-19T07:06:40', 1_732_000_000_000],
    ['2024-11-19 07:06:40.123456', 1_732_000_000_123.456],
    ['2024-11-19T07:06', 1_731_999_960_000],
    ['2024-11-19T08:06:40+01:00', 1_732_000_000_000],
    ['2024-11-19T01:36:40-0530', 1_732_000_000_000],
    ['2024-11-19T09:06:40.5+02', 1_732_000_000_500],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['1970-01-01T00:00:00Z', 0],
    ['19/Nov/2024:07:06:40 +0000', 1_732_000_000_000],
    ['19/Nov/2024:01:36:40 -0530', 1_732_000_000_000],
    ['"2024-11-19T07:06:40Z"', 1_732_000_000_000],
    ['  1732000000\t', 1_732_000_000_000],
  ])('reads %s', (line, timeMs) => {
    expect(timesOf(line)).toEqual([timeMs]);
  });

  it('takes spellings mixed, and several orders at one time', () => {
    expect(
      timesOf('1732000000.123', '1732000000123', '2024-11-19T07:06:40.123Z', '1732000001'),
    ).toEqual([1_732_000_000_123, 1_732_000_000_123, 1_732_000_000_123, 1_732_000_001_000]);
  });

  it('ignores a byte order mark, blank lines, comments and carriage returns', () => {
    const text = '\uFEFF# orders of a morning\r\n\r\n1732000000\r\n  \r\n # late\r\n1732000001\r\n';
    expect(parseRecording(text, 'rec')).toEqual({
      kind: 'times',
      timesMs: [1_732_000_000_000, 1_732_000_001_000],
    });
  });

  it.each(['1', '{"time":1}', 'time\n1', '"time"\n1', '1\n'])(
    'ignores a byte order mark before %j',
    (text) => {
      expect(timesOf(`\uFEFF${text}`)).toEqual([1000]);
    },
  );

  it.each([
    'foo',
    '-5',
    '+5',
    '.5',
    '5.',
    '1.73E+09',
    '1732000000 s',
    '1732000000,5',
    '1732000000123456',
    '20241119070640',
    '2024-11-19',
    '07:06:40',
    '2024-11-19T07',
    '2024-11-19T24:00:00Z',
    '2024-11-19T07:60:00Z',
    '2024-11-19T07:06:60Z',
    '2024-11-19T07:06:40+24:00',
    '2024-11-19T07:06:40+01:60',
    '2024-11-31T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-00-10T00:00:00Z',
    '2024-13-10T00:00:00Z',
    '2024-11-00T00:00:00Z',
    '0099-11-19T07:06:40Z',
    '1970-01-01T00:00:00+01:00',
    '19/Nox/2024:07:06:40 +0000',
    '{time:1732000000}',
  ])('refuses %s', (line) => {
    expect(failureOf('# times', '1732000000', line)).toBe(
      `rec: line 3: ${JSON.stringify(line)} ${NO_TIME}`,
    );
  });

  it('shows no more than 60 characters of a bad line', () => {
    expect(failureOf('1', 'x'.repeat(60))).toBe(`rec: line 2: "${'x'.repeat(60)}" ${NO_TIME}`);
    expect(failureOf('1', 'x'.repeat(61))).toBe(`rec: line 2: "${'x'.repeat(59)}…" ${NO_TIME}`);
  });

  it('refuses a first line that begins like a time and is none', () => {
    expect(failureOf('2024-13-01T00:00:00Z')).toBe(
      `rec: line 1: "2024-13-01T00:00:00Z" ${NO_TIME}`,
    );
  });
});

describe('JSON lines', () => {
  it.each([
    ['{"requestTimeEpoch":1732000000123}', 1_732_000_000_123],
    ['{"requestTimeEpoch":"1732000000123"}', 1_732_000_000_123],
    ['{"requestTimeEpochMs":1732000000123.5}', 1_732_000_000_123.5],
    ['{"timestamp":1732000000.123}', 1_732_000_000_123],
    ['{"time":"2024-11-19T07:06:40Z"}', 1_732_000_000_000],
    ['{"@timestamp":"2024-11-19 07:06:40.000"}', 1_732_000_000_000],
    ['{"requestTime":"09/Apr/2015:12:34:56 +0000"}', Date.UTC(2015, 3, 9, 12, 34, 56)],
    ['{"time":2,"ip":"::1","timestamp":1}', 1000],
    [
      '{"requestTime":"09/Apr/2015:12:34:56 +0000","requestTimeEpoch":1428582896123}',
      1428582896123,
    ],
    ['{"requestTimeEpoch":null,"time":3}', 3000],
    ['{"message":"an odd \\" quote","time":3}', 3000],
  ])('reads %s', (line, timeMs) => {
    expect(timesOf(line, '', '# more', line)).toEqual([timeMs, timeMs]);
  });

  it('refuses an object without a time', () => {
    const said = `has no time; use one of the keys ${KNOWN}`;
    expect(failureOf('{"time":1}', '{"ip":1}')).toBe(`rec: line 2: "{\\"ip\\":1}" ${said}`);
    expect(failureOf('{"time":null}')).toBe(`rec: line 1: "{\\"time\\":null}" ${said}`);
  });

  it.each([
    ['"-"', '"-"'],
    ['-1', '"-1"'],
    ['1e300', '"1e+300"'],
    ['true', '"true"'],
    ['[1]', '"[1]"'],
  ])('refuses the time %s', (value, shown) => {
    expect(failureOf(`{"time":${value},"timestamp":null}`)).toBe(
      `rec: line 1: ${shown} ${NO_TIME}`,
    );
  });

  it.each(['{"time":1', '[1]', '1732000000', 'null'])('refuses the line %s', (line) => {
    expect(failureOf('{"time":1}', line, '{"time":2}')).toBe(
      `rec: line 2: ${JSON.stringify(line)} is not a JSON object; expected one on every line, as on the first`,
    );
  });
});

describe('CSV with times', () => {
  it('takes the column that is named like a time', () => {
    expect(timesOf('status,Time,latency', '200,5,12', '500,6,13')).toEqual([5000, 6000]);
    expect(timesOf('TIMESTAMP', '5', '6')).toEqual([5000, 6000]);
    expect(timesOf('time,requesttimeepoch', '9,5')).toEqual([5000]);
  });

  it('reads quoted cells, with commas, quotes and line ends in them', () => {
    expect(
      timesOf(
        '"@timestamp" , "@message"',
        '"2024-11-19 07:06:40.000","a ""b"", c"',
        '"2024-11-19 07:06:41.000","START',
        '# no comment',
        '',
        'END, ""done"""',
        ' "2024-11-19 07:06:42.000" ,""',
      ),
    ).toEqual([1_732_000_000_000, 1_732_000_001_000, 1_732_000_002_000]);
  });

  it('counts lines as an editor does, in rows of several lines too', () => {
    expect(failureOf('time,text', '5,"a', 'b"', 'six,c')).toBe(`rec: line 4: "six" ${NO_TIME}`);
    expect(failureOf('time,text', '5,c', 'six,"a', 'b"')).toBe(`rec: line 3: "six" ${NO_TIME}`);
  });

  it('refuses a header without a known column, and says which are known', () => {
    const said =
      'is no time, and no header with a column of times; known columns: ' +
      `${KNOWN}; for counts also count, sum, samplecount, requests, orders, value`;
    expect(failureOf('when,count', '5,1')).toBe(`rec: line 1: "when,count" ${said}`);
    expect(failureOf('', 'foo', '5')).toBe(`rec: line 2: "foo" ${said}`);
  });

  it('refuses a row with other cells than the header', () => {
    expect(failureOf('text,time', 'a,1', 'b,c,2')).toBe(
      'rec: line 3: "b,c,2" does not have 2 cells; fix or remove the line',
    );
    expect(failureOf('text,time', 'a')).toBe(
      'rec: line 2: "a" does not have 2 cells; fix or remove the line',
    );
  });

  it.each(['1,"a', '1,"a"b', '1,a"b"'])('refuses the quotes of %s', (row) => {
    expect(failureOf('time,text', row)).toBe(
      `rec: line 2: ${JSON.stringify(row)} has a quote out of place; quote whole cells or none`,
    );
  });
});

describe('counts', () => {
  it('takes the smallest gap for the length of all buckets, and leaves gaps without orders', () => {
    expect(bucketsOf('timestamp,Sum', '0,5', '300,7', '360,0', '420,1')).toEqual([
      [0, 60_000, 5],
      [300_000, 60_000, 7],
      [360_000, 60_000, 0],
      [420_000, 60_000, 1],
    ]);
  });

  it('takes a row that is alone for a minute', () => {
    expect(bucketsOf('time,count', '1732000000,12')).toEqual([[1_732_000_000_000, 60_000, 12]]);
  });

  it.each(['count', 'SUM', 'SampleCount', 'requests', 'Orders', 'value'])(
    'knows the column %s',
    (name) => {
      expect(bucketsOf(`unit, ${name} , Timestamp`, 'None, 12.0 , 0')).toEqual([[0, 60_000, 12]]);
    },
  );

  it('prefers the column that is named most plainly', () => {
    expect(bucketsOf('time,value,count', '0,7,3')).toEqual([[0, 60_000, 3]]);
  });

  it('reads two columns without a header', () => {
    expect(bucketsOf('2024-11-19T07:06:00Z,3', '2024-11-19T07:06:10Z,"4"')).toEqual([
      [1_731_999_960_000, 10_000, 3],
      [1_731_999_970_000, 10_000, 4],
    ]);
    expect(failureOf('1,2,3')).toBe(
      'rec: line 1: "1,2,3" does not have 2 cells; fix or remove the line',
    );
  });

  it.each(['', '-1', '1.5', '12.', '1e3', 'NaN', 'x', '045'])('refuses the count %j', (count) => {
    expect(failureOf('time,count', '1,1', `2,${count}`)).toBe(
      `rec: line 3: ${JSON.stringify(count)} is no count; expected a whole number from 0 on`,
    );
  });

  it('refuses two rows of one time', () => {
    expect(failureOf('time,count', '1,1', '1,2')).toBe(
      'rec: line 3 has the same time as the line before it; add up their counts',
    );
  });

  it('keeps every order, in buckets that do not overlap', () => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 1000 })),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(rows, (gaps) => {
        fc.pre(gaps.some(([, count]) => count > 0));
        let timeMs = 1_732_000_000_000;
        const lines = gaps.map(([gapMs, count]) => {
          timeMs += gapMs;
          return `${timeMs},${count}`;
        });
        const buckets = bucketsOf(...lines);
        expect(buckets.map(([startMs, , count]) => `${startMs},${count}`)).toEqual(lines);
        for (const [i, [startMs, lengthMs]] of buckets.entries()) {
          expect(lengthMs).toBeGreaterThan(0);
          const next = buckets[i + 1]?.[0] ?? Number.POSITIVE_INFINITY;
          expect(startMs + lengthMs).toBeLessThanOrEqual(next);
        }
      }),
    );
  });
});

describe('the whole recording', () => {
  it.each([[''], ['\n# nothing\n'], ['time\n'], ['time,count\n1,0\n2,0.0'], ['\uFEFF']])(
    'refuses %j, which holds no orders',
    (text) => {
      expect(failureOf(text)).toBe('rec: contains no orders; record at least one');
    },
  );

  it.each([
    [['# unsorted', '5', '4.999']],
    [['{"time":5}', '', '{"time":4}']],
    [['time,count', '5,1', '4,1']],
  ])('refuses times out of order: %j', (lines) => {
    expect(failureOf(...lines)).toBe(
      'rec: line 3 is earlier than the line before it; sort the file by time',
    );
  });

  it('refuses more than seven days, with the last bucket', () => {
    const said = 'more than 7 days after the first time; cut it';
    expect(timesOf('1000', '605800')).toHaveLength(2);
    expect(failureOf('1000', '605800.001', '605900')).toBe(`rec: line 2: ${said}`);
    expect(bucketsOf('0,1', '302400,1')).toHaveLength(2);
    expect(failureOf('0,1', '302401,1')).toBe(`rec: line 2: ${said}`);
  });

  it('refuses more than ten million orders', () => {
    expect(bucketsOf('1,9999999', '2,1')).toHaveLength(2);
    expect(failureOf('1,9999999', '2,1', '3,1', '4,1')).toBe(
      'rec: line 3: more than 10,000,000 orders up to here; cut it',
    );
  });
});

describe('every spelling', () => {
  const DAY_MS = 86_400_000;
  const dayMs = fc
    .integer({ min: 0, max: 40_000 })
    .chain((day) =>
      fc.array(fc.integer({ min: day * DAY_MS, max: (day + 1) * DAY_MS - 1 }), { minLength: 1 }),
    )
    .map((times) => times.sort((a, b) => a - b));
  const fixed = (ms: number) => String(ms % 1000).padStart(3, '0');
  const seconds = (ms: number) => `${Math.floor(ms / 1000)}.${fixed(ms)}`;
  const iso = (ms: number) => new Date(ms).toISOString();
  const isoAt = (ms: number, minutes: number) => {
    const size = Math.abs(minutes);
    const [hour, minute] = [Math.floor(size / 60), size % 60].map((n) => `${n}`.padStart(2, '0'));
    return iso(ms + minutes * 60_000).replace('Z', `${minutes < 0 ? '-' : '+'}${hour}:${minute}`);
  };
  const clf = (ms: number) => {
    const [, day, month, year, time] = new Date(ms).toUTCString().split(' ');
    return `${day}/${month}/${year}:${time} +0000`;
  };
  const roundTrips = (spell: (ms: number, i: number) => string, header: readonly string[] = []) =>
    fc.assert(
      fc.property(dayMs, (times) => {
        expect(timesOf(...header, ...times.map(spell))).toEqual(times);
      }),
    );

  // Before 1973 a number of milliseconds is not told from seconds.
  const knownMs = (ms: number) => ms + 1e11;
  const ofMs = (spell: (ms: number) => string, header: readonly string[] = []) =>
    fc.assert(
      fc.property(dayMs, (days) => {
        const times = days.map(knownMs);
        expect(timesOf(...header, ...times.map(spell))).toEqual(times);
      }),
    );

  it('survives a round trip: epoch seconds', () => roundTrips(seconds));
  it('survives a round trip: epoch seconds as JavaScript prints them', () =>
    roundTrips((ms) => `${ms / 1000}`));
  it('survives a round trip: epoch milliseconds', () => ofMs(String));
  it('survives a round trip: ISO 8601', () => roundTrips(iso));
  it('survives a round trip: ISO 8601 without a zone', () =>
    roundTrips((ms) => iso(ms).replace('Z', '')));
  it('survives a round trip: ISO 8601 of other zones', () =>
    fc.assert(
      fc.property(dayMs, fc.integer({ min: -840, max: 840 }), (days, minutes) => {
        const times = days.map(knownMs);
        expect(timesOf(...times.map((ms) => isoAt(ms, minutes)))).toEqual(times);
      }),
    ));
  it('survives a round trip: mixed', () =>
    roundTrips((ms, i) => (i % 2 === 0 ? seconds(ms) : iso(ms))));
  it('survives a round trip: JSON with numbers', () =>
    roundTrips((ms) => JSON.stringify({ time: ms / 1000 })));
  it('survives a round trip: the access log of API Gateway', () =>
    ofMs((ms) => JSON.stringify({ requestId: '…', requestTimeEpoch: String(ms) })));
  it('survives a round trip: CSV', () =>
    roundTrips((ms) => `"a, b",${iso(ms)}`, ['text,timestamp']));

  it('survives a round trip: CLF, to the second', () =>
    fc.assert(
      fc.property(dayMs, (days) => {
        const times = days.map((ms) => ms - (ms % 1000));
        expect(timesOf(...times.map((ms) => JSON.stringify({ requestTime: clf(ms) })))).toEqual(
          times,
        );
      }),
    ));

  it('reads microseconds alike as seconds, milliseconds and ISO 8601', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1e8, max: 4e9 }),
        fc.integer({ min: 0, max: 999_999 }),
        (second, micros) => {
          const fraction = String(micros).padStart(6, '0');
          const ms = `${second}${fraction.slice(0, 3)}.${fraction.slice(3)}`;
          const day = iso(second * 1000).replace('.000Z', `.${fraction}Z`);
          const [one, ...others] = timesOf(`${second}.${fraction}`, ms, day);
          expect(others).toEqual([one, one]);
        },
      ),
    );
  });
});
