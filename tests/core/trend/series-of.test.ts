import { describe, expect, it } from 'vitest';
import {
  type HistoryEntry,
  historyEntryOf,
  oldSeriesKey,
  seriesKey,
} from '../../../lib/core/history/history-entry.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { seriesTitle } from '../../../lib/core/summary/trend/series-title.ts';
import type { ConfirmedPoint } from '../../../lib/core/trend/confirmed-point.ts';
import { pointsOfSeries, seriesOf } from '../../../lib/core/trend/series-of.ts';
import { seriesTrend } from '../../../lib/core/trend/series-trend.ts';
import { sampleReport } from '../report/sample-run.ts';

const ramp = { durationSeconds: 10, fromRate: 0, toRate: 100 };
const REQUEST = {
  ...{ method: 'POST', path: '/orders', auth: 'none', headers: [], http1: false },
  orderHash: null,
};

type Changes = {
  readonly load?: Partial<Report['load']>;
  readonly target?: Partial<Report['target']>;
  readonly run?: Partial<Report['run']>;
};

let runs = 0;
/** A run of today, as the history keeps it. */
function entry({ load, target, run }: Changes = {}, more: Partial<Report> = {}): HistoryEntry {
  const report = sampleReport();
  runs += 1;
  const startedAt = new Date(Date.UTC(2026, 5, 1) + runs * 86_400_000).toISOString();
  return historyEntryOf({
    ...report,
    run: { ...report.run, id: `run-${runs}`, startedAt, ...run },
    load: { ...report.load, request: REQUEST, ...load },
    target: { ...report.target, label: 'api.example.com/prod', ...target },
    ...more,
  });
}

const sizes = (entries: readonly HistoryEntry[]) => seriesOf(entries).map(({ length }) => length);
type Request = NonNullable<Report['load']['request']>;
const request = (changes: Partial<Request>) => ({
  load: { request: { ...REQUEST, ...changes } },
});
const retries = { ratio: 0.5 } as NonNullable<Report['retries']>;

describe('what makes another series', () => {
  it.each<readonly [string, HistoryEntry]>([
    ['another path of the host', entry({ target: { baseUrl: 'https://api.example.com/dev' } })],
    ['orders that are sent again', entry({}, { retries })],
    ['another request timeout', entry({ load: { requestTimeoutMs: 1000 } })],
    ['a warm-up', entry({ load: { warmup: { name: 'warmup', ...flat(5, 10) } } })],
    ['another shape at the same peak', entry({ load: { stages: [{ name: 'a', ...ramp }] } })],
    ['another path of orders', entry(request({ path: '/checkout' }))],
    ['another method', entry(request({ method: 'PUT' }))],
    ['another spelling of orders', entry(request({ orderHash: 'abc' }))],
    ['another way in', entry(request({ auth: 'apiKey' }))],
    ['another header', entry(request({ headers: ['x-tenant'] }))],
    ['HTTP/1', entry(request({ http1: true }))],
    ['another number of clients', entry({ load: { clients: 4 } })],
    ['another store', entry({ target: { store: 'dynalite' } })],
    ['other settings of the embedded order API', entry({ target: { settingsHash: 'abc' } })],
    ['a scenario of the user’s own of the same name', entry({ run: { ownScenario: true } })],
    ['other arrivals', entry({ load: { arrivals: { kind: 'poisson' } } })],
  ])('%s', (_, other) => {
    const usual = [entry({ target: { store: 'memory', settingsHash: 'def' } }), entry()];
    // The usual ones are one series though one of them knows more.
    expect(sizes(usual)).toEqual([2]);
    expect(sizes([entry({ target: { store: 'memory', settingsHash: 'def' } }), other])).toEqual([
      1, 1,
    ]);
  });

  it.each<readonly [string, HistoryEntry]>([
    ['a name', entry({ target: { label: 'checkout' }, run: { label: 'checkout' } })],
    ['a release', entry({ run: { release: '1.4.2' } })],
    ['a commit', entry({ run: { gitCommit: 'abc' } })],
    ['a seed', entry({ run: { seed: 5 } })],
    ['a slash at the end', entry({ target: { baseUrl: 'https://api.example.com/prod/' } })],
    ['service levels', entry({ load: { slo: { successRatio: 0.5, p95Ms: 9 } } })],
    ['room for orders in flight', entry({ load: { maxInFlight: 9 } })],
  ])('not %s', (_, other) => {
    expect(sizes([entry(), other])).toEqual([2]);
  });

  it('not the port of the embedded order API, and not the order of the blocks of an ab run', () => {
    const local = (port: number) =>
      entry({ target: { platform: 'local', baseUrl: `http://127.0.0.1:${port}` } });
    expect(sizes([local(1), local(2)])).toEqual([2]);
    const [one, other] = [
      { name: 'r1-a', ...flat(10, 5) },
      { name: 'r1-b', ...flat(10, 7) },
    ];
    const ab = (stages: Report['load']['stages']) =>
      entry({ run: { scenario: 'ab' }, load: { stages } });
    expect(sizes([ab([one, other] as never), ab([other, one] as never)])).toEqual([2]);
  });
});

describe('lines of older versions', () => {
  const { facts: _, ...now } = entry();
  /** A line of 1.2, which knew the host and not the path. */
  const old = (changes: Partial<HistoryEntry> = {}): HistoryEntry => {
    runs += 1;
    return {
      ...now,
      historyVersion: '1.2',
      run: `old-${runs}`,
      startedAt: new Date(Date.UTC(2026, 1, 1) + runs * 86_400_000).toISOString(),
      target: { ...now.target, label: 'api.example.com' },
      ...changes,
    };
  };

  it('go on as the one series that they agree with', () => {
    expect(sizes([old(), old(), entry(), entry()])).toEqual([4]);
    const named = { label: 'nightly', target: { ...now.target, label: 'nightly' } };
    const namedNow = entry({ target: { label: 'nightly' }, run: { label: 'nightly' } });
    expect(sizes([old(named), namedNow])).toEqual([2]);
  });

  it('stay apart where nobody knows which they are', () => {
    const dev = entry({ target: { baseUrl: 'https://api.example.com/dev' } });
    expect(sizes([old(), old(), entry(), dev])).toEqual([1, 1, 2]);
  });

  it('stay apart from what they know not to be', () => {
    expect(sizes([old({ hostCpus: 64 }), entry()])).toEqual([1, 1]);
    expect(sizes([old({ target: { ...now.target, label: 'b.example.com' } }), entry()])).toEqual([
      1, 1,
    ]);
    const { requestTimeoutMs: _, ...load } = now.load;
    const brief = old({ load: { ...load, requestTimeoutMs: 1000 } });
    expect(sizes([brief, entry()])).toEqual([1, 1]);
    // One of 1.0 does not know its timeout, and says nothing against it.
    expect(sizes([old({ load }), entry()])).toEqual([2]);
  });

  it('bring the changes that were confirmed of them', () => {
    const lines = [old(), old(), entry()];
    const point = { series: oldSeriesKey(lines[1] as HistoryEntry) } as ConfirmedPoint;
    expect(pointsOfSeries(lines, [point])).toEqual([point]);
    expect(pointsOfSeries([entry()], [point])).toEqual([]);
    const own = { series: seriesKey(lines[2] as HistoryEntry) } as ConfirmedPoint;
    expect(pointsOfSeries(lines, [own])).toEqual([own]);
  });

  it('are told from those of today by their title', () => {
    expect(seriesTitle(old())).toContain(
      'recorded before the history kept every detail of the load',
    );
    expect(seriesTitle(entry())).toBe(
      'steady quick, 100/s for 10 s, https://api.example.com/prod (other), timeout 5 s',
    );
    const unusual = entry(
      { ...request({ auth: 'apiKey' }), target: { label: 'shop' } },
      { retries },
    );
    expect(seriesTitle(unusual)).toContain(
      'shop https://api.example.com/prod (other), 50% sent again, auth apiKey',
    );
  });
});

it('judges the newest run of one stage by the runs of that stage', () => {
  const stage = (name: string, p95: number) => {
    const made = entry({ target: { baseUrl: `https://api.example.com/${name}` } });
    return {
      ...made,
      latencyMs: { ...made.latencyMs, p50: p95, p95, p99: p95 },
      judgedMs: undefined,
    };
  };
  const all = [...Array(9).keys()].map((i) => stage('dev', 10 + i / 10));
  const [newest] = seriesOf([...all, stage('prod', 50)] as HistoryEntry[]);
  const trend = seriesTrend(newest as HistoryEntry[], ['p95'], []);
  expect(trend).toMatchObject({ verdict: 'unknown', entries: [expect.anything()] });
});

function flat(rate: number, durationSeconds: number) {
  return { durationSeconds, fromRate: rate, toRate: rate };
}
