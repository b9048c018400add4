import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../lib/core/compare/compare-runs.ts';
import { historyEntryOf, seriesKey } from '../../../lib/core/history/history-entry.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import type { ConfirmedPoint } from '../../../lib/core/trend/confirmed-point.ts';
import { type SampleOptions, steadyReport } from './sample-reports.ts';

const CV = { runCv: 0.02 };
const reports = (from: number, count: number, options: Omit<SampleOptions, 'seed'> = {}) =>
  Array.from({ length: count }, (_, i) => steadyReport({ ...CV, ...options, seed: from + i }));
const side = (name: string, list: readonly Report[]) => ({ name, reports: list });
const history = reports(500, 12).map(historyEntryOf);

const compare = (a: readonly Report[], b: readonly Report[], past = history) =>
  compareRuns({ a: side('a', a), b: side('b', b), history: past });

/** The history was made before the runs that use it. */
const LATER = 600;

describe('a single pair', () => {
  it('never has a verdict without a history, however far apart', () => {
    const found = compare(reports(1, 1), reports(2, 1, { slower: 2 }), []);
    expect(found.verdict).toBe('inconclusive');
    expect(found.metrics.map(({ why }) => why)).toEqual(Array(4).fill('no-noise-floor'));
    expect(found.metrics[1]?.effect).toBeGreaterThan(1);
    expect(found.advice.join()).toContain('npm run calibrate');
    expect(found.headline).toMatch(/^p95 \+\d+\.\d%, but one run of each side does not show/);
  });

  it('is judged by the noise of a history', () => {
    const found = compare(reports(LATER, 1), reports(LATER + 1, 1, { slower: 0.3 }));
    expect(found).toMatchObject({ verdict: 'regress', mode: 'single', historyRuns: 12 });
    expect(found.metrics[1]).toMatchObject({ metric: 'p95', verdict: 'regress' });
    expect(found.metrics[1]?.sentence).toMatch(/^p95 is \d+\.\d% slower \(97\.5% interval/);
  });

  it('is left open, with what would settle it, where the history is noisier than the effect', () => {
    const noisy = reports(300, 12, { runCv: 0.15 }).map(historyEntryOf);
    const found = compare(reports(LATER, 1), reports(LATER + 1, 1, { slower: 0.1 }), noisy);
    expect(found.verdict).toBe('inconclusive');
    const p95 = found.metrics[1];
    expect(p95?.why).toBe('too-noisy');
    expect(p95?.smallestDetectable).toBeGreaterThan(0.2);
    expect(p95?.runsNeeded).toBeGreaterThan(3);
  });

  it('asks for eight runs of the same series', () => {
    const few = compare(reports(LATER, 1), reports(LATER + 1, 1), history.slice(0, 7));
    expect(few.metrics[0]?.why).toBe('short-history');
    const foreign = history.map((entry) => ({ ...entry, profile: 'long' }));
    const other = compare(reports(LATER, 1), reports(LATER + 1, 1), foreign);
    expect(other.metrics[0]?.why).toBe('no-noise-floor');
  });

  it('says what would settle it where the history is too short, or the runs are', () => {
    const slower = reports(LATER + 1, 1, { slower: 0.1 });
    const few = compare(reports(LATER, 1), slower, history.slice(0, 6)).metrics[1];
    expect(few).toMatchObject({ why: 'short-history', pValue: null });
    expect(few?.runsNeeded).toBeGreaterThanOrEqual(3);
    expect(few?.sentence).toMatch(/fewer than 8 runs.*about \d+ runs per side would settle it/);
    const short = (report: Report) => ({ ...report, windows: report.windows.slice(0, 20) });
    const brief = compare(reports(LATER, 1).map(short), slower.map(short)).metrics[1];
    expect(brief).toMatchObject({ why: 'too-few-windows', pValue: null });
    expect(brief?.runsNeeded).toBeGreaterThanOrEqual(3);
    expect(brief?.sentence).toContain('runs per side would settle it');
    const one = compare(reports(LATER, 1), slower, history.slice(0, 1)).metrics[1];
    expect(one).toMatchObject({ why: 'short-history', runsNeeded: null, smallestDetectable: null });
  });

  it('leaves out of the history the compared runs themselves, and what proves nothing', () => {
    const [a, b] = [reports(LATER, 1), reports(LATER + 1, 1)];
    const own = [...a, ...b].map(historyEntryOf);
    const invalid = history.map((entry) => ({ ...entry, verdict: 'invalid' as const }));
    const dropping = history.map((entry) => ({ ...entry, dropped: entry.success.offered / 50 }));
    const impatient = history.map((entry) => ({
      ...entry,
      load: { ...entry.load, requestTimeoutMs: 1000 },
      facts: { ...entry.facts, timeout: '1000 ms' },
    }));
    const past = [...own, ...invalid, ...dropping, ...impatient];
    expect(compare(a, b, past).metrics[0]?.why).toBe('no-noise-floor');
  });
});

describe('repeated runs', () => {
  it('need no history', () => {
    const found = compare(reports(1, 5), reports(11, 5, { slower: 0.2 }), []);
    expect(found).toMatchObject({ verdict: 'regress', mode: 'repeated', historyRuns: 0 });
  });

  it('show an improvement, and that nothing changed', () => {
    expect(compare(reports(1, 5), reports(11, 5, { slower: -0.2 }), []).verdict).toBe('improve');
    const same = compare(reports(LATER, 5), reports(LATER + 20, 5));
    expect(same.verdict).toBe('no-change');
    expect(same.metrics[1]?.sentence).toContain('lies within ±10.0%');
  });

  it('find failures', () => {
    const found = compare(reports(1, 5), reports(11, 5, { failures: 60 }), []);
    const success = found.metrics[3];
    expect(success).toMatchObject({ metric: 'successRatio', verdict: 'regress' });
    expect(success?.effect).toBeCloseTo(-0.03, 5);
  });

  it('say so when one side ran after the other', () => {
    expect(compare(reports(1, 3), reports(11, 3), []).notes.join()).toContain('came before');
    const [a, b] = [reports(1, 6), reports(1, 6)];
    const even = (_: unknown, i: number) => i % 2 === 0;
    const odd = (_: unknown, i: number) => i % 2 === 1;
    expect(compare(a.filter(even), b.filter(odd), []).notes).toEqual([]);
  });
});

describe('a candidate', () => {
  it('is held against the history', () => {
    const worse = compareRuns({
      a: null,
      b: side('b', reports(LATER, 1, { slower: 0.2 })),
      history,
    });
    expect(worse).toMatchObject({ verdict: 'regress', mode: 'candidate', historyRuns: 12 });
    const alike = compareRuns({ a: null, b: side('b', reports(LATER + 3, 1)), history });
    expect(alike.verdict).not.toBe('regress');
  });

  it('is not known more closely for being repeated in one night', () => {
    const past = reports(300, 12, { runCv: 0.15 }).map(historyEntryOf);
    const smallest = (runs: number) =>
      compareRuns({ a: null, b: side('b', reports(LATER, runs)), history: past }).metrics.map(
        ({ smallestDetectable, runsNeeded, sentence }) => {
          if (sentence.startsWith('p'))
            expect(sentence).toContain(
              'More runs in the same night would not settle it, because they share its noise',
            );
          expect(runsNeeded).toBeNull();
          return smallestDetectable;
        },
      );
    expect(smallest(3)[0]).toBeGreaterThan(0.3);
    expect(smallest(3).slice(0, 3)).toEqual(smallest(1).slice(0, 3));
  });

  it('is not worse for timeouts that its history has as well', () => {
    const timeouts = { timeouts: 30 };
    const past = reports(500, 12, timeouts).map(historyEntryOf);
    const alike = compareRuns({
      a: null,
      b: side('b', reports(LATER, 1, timeouts)),
      history: past,
    });
    expect(alike.metrics[2]).toMatchObject({ metric: 'p99', verdict: 'no-change' });
    const better = compareRuns({ a: null, b: side('b', reports(LATER, 1)), history: past });
    expect(better.metrics[2]).toMatchObject({ metric: 'p99', verdict: 'improve' });
  });

  it('is not held against runs after it', () => {
    const early = compareRuns({ a: null, b: side('b', reports(100, 1)), history });
    expect(early.metrics[0]?.why).toBe('no-noise-floor');
  });
});

describe('a change of level in the history', () => {
  // Eight runs after a step that is too small among this noise to be found again.
  const stepped = [...reports(400, 10, { slower: -0.02 }), ...reports(500, 8)].map(historyEntryOf);
  const first = stepped[10] as (typeof stepped)[number];
  const point: ConfirmedPoint = {
    ...{ changePointVersion: '1.0', series: seriesKey(first), scenario: 'steady', metric: 'p95' },
    ...{ run: first.run, startedAt: first.startedAt, commit: null },
    ...{ before: 50, after: 52, p: 0.001, confirmedBy: 'x' },
  };
  const historyRuns = (confirmed: readonly ConfirmedPoint[]) => {
    const a = side('a', reports(LATER, 1));
    return compareRuns({ a, b: side('b', reports(LATER + 1, 1)), history: stepped, confirmed })
      .metrics[1]?.sentence;
  };

  it('that was confirmed is where the noise floor begins', () => {
    expect(historyRuns([])).not.toContain('fewer than 8 runs');
    expect(historyRuns([{ ...point, startedAt: stepped[11]?.startedAt ?? '' }])).toContain(
      'fewer than 8 runs',
    );
    expect(historyRuns([{ ...point, metric: 'p50' }])).toBe(historyRuns([]));
    expect(historyRuns([{ ...point, series: 'other' }])).toBe(historyRuns([]));
    expect(historyRuns([point])).not.toBe(historyRuns([]));
  });
});

describe('runs that cannot be compared', () => {
  const a = reports(1, 1)[0] as Report;
  const b = reports(2, 1)[0] as Report;
  const run = (changes: Partial<Report['run']>): Report => ({
    ...b,
    run: { ...b.run, ...changes },
  });

  const arriving = (arrivals: Report['load']['arrivals'], of = b): Report => ({
    ...of,
    load: { ...of.load, arrivals },
  });

  const sentBy = (changes: Partial<NonNullable<Report['load']['request']>>, of: Report) => ({
    ...of,
    load: {
      ...of.load,
      request: {
        ...{ method: 'POST', path: '/orders', auth: 'none', headers: [], http1: false },
        ...{ orderHash: null, ...changes },
      },
    },
  });

  it.each<readonly [string, Report]>([
    ['different scenario', run({ scenario: 'spike' })],
    ['different profile', run({ profile: 'long' })],
    ['different k6', run({ k6Version: '3.0.1' })],
    ['INVALID', run({ verdict: 'invalid', reasons: ['the generator was the bottleneck'] })],
    ['did not reach its planned end', run({ status: 'interrupted' })],
    ['different kind of target', { ...b, target: { ...b.target, platform: 'aws' } }],
    ['different arrivals: even (A), poisson (B)', arriving({ kind: 'poisson' })],
    ['different arrivals: even (A), cv:2 (B)', arriving({ kind: 'cv', cv: 2 })],
    ['different request timeout', { ...b, load: { ...b.load, requestTimeoutMs: 1 } }],
    ['different report version', { ...b, schemaVersion: '2.0' }],
    [
      'different load',
      {
        ...b,
        load: { ...b.load, stages: b.load.stages.map((one) => ({ ...one, toRate: 60 })) },
      },
    ],
    ['dropped 2% of its orders', { ...b, load: { ...b.load, offered: 1000, dropped: 20 } }],
    [
      'different share of retries: 0% (A), 50% (B)',
      { ...b, retries: { ratio: 0.5 } as NonNullable<Report['retries']> },
    ],
    ['different number of clients', { ...b, load: { ...b.load, clients: 4 } }],
    ['different request: POST /orders (A), PUT /orders (B)', sentBy({ method: 'PUT' }, b)],
    ['different HTTP version', sentBy({ http1: true }, b)],
    ['different format of orders', sentBy({ orderHash: 'abc' }, b)],
    [
      'different rate of orders sent: ',
      { ...b, requests: { ...b.requests, total: b.requests.total * 1.2 } },
    ],
  ])('%s', (reason, other) => {
    const found = compare([sentBy({}, a)], [other]);
    expect(found.verdict).toBe('incomparable');
    expect(found.incomparable.join()).toContain(reason);
    expect(found.metrics).toEqual([]);
  });

  it('are not those whose orders lay a little otherwise in the same planned time', () => {
    const older = (rps: number) => ({ ...b, requests: { ...b.requests, rps } });
    const found = compare([a], [older((a.requests.rps ?? 0) * 1.07)]);
    expect(found.incomparable).toEqual([]);
    expect(found.checks.find(({ name }) => name === 'rps')).toMatchObject({ ok: true });
  });

  it('are not those of another place or way in, which is told', () => {
    const elsewhere = sentBy({ auth: 'apiKey' }, b);
    const other = {
      ...elsewhere,
      target: { ...b.target, baseUrl: 'https://api.example.com/dev', store: 'dynalite' },
    };
    const { incomparable, notes } = compare([sentBy({}, a)], [other]);
    expect(incomparable).toEqual([]);
    expect(notes.join()).toContain(
      'The sides differ in authentication (A: none; B: apiKey), target (A: https://api.example.com/prod; B: https://api.example.com/dev)',
    );
  });

  it('are replays of other times, whatever the files are called', () => {
    const replay = (sha256: string, file = 'a.csv') =>
      ({ kind: 'recorded', file, speed: 1, orders: 9, peakPerSecond: 1, sha256 }) as const;
    const [one, other] = ['1', '2'].map((digit) => replay(digit.repeat(64)));
    const found = (of: Report['load']['arrivals']) =>
      compare([arriving(one, a)], [arriving(of)]).incomparable;
    expect(found(one)).toEqual([]);
    expect(found(other)).toEqual([
      'different arrivals: recorded (sha256 111111111111) (A), recorded (sha256 222222222222) (B)',
    ]);
    expect(found(replay('1'.repeat(64), 'copy.csv'))).toEqual([]);
  });

  it('are not those of before and after reports told how orders arrive: it was evenly', () => {
    const old = arriving(undefined, a);
    expect(compare([old], [b]).incomparable).toEqual([]);
    expect(compare([old], [arriving({ kind: 'poisson' })]).incomparable).toEqual([
      'different arrivals: even (A), poisson (B)',
    ]);
  });

  it('are also found within a side', () => {
    const found = compare([a, run({ profile: 'long' })], reports(20, 1));
    expect(found.incomparable.join()).toContain('the runs of A differ in profile');
  });
});

it('does not judge a p99 of few orders, and does not wait for it', () => {
  const short = (seed: number): Report => {
    const report = steadyReport({ ...CV, seed });
    const { success } = report.latencyMs;
    const few = {
      ...success.histogram,
      buckets: success.histogram.buckets.map(([i]) => [i, 5] as const),
    };
    return {
      ...report,
      latencyMs: { ...report.latencyMs, success: { ...success, histogram: few } },
    };
  };
  const found = compare([1, 2, 3].map(short), [11, 12, 13].map(short), []);
  expect(found.metrics[2]).toMatchObject({ metric: 'p99', gated: false, why: 'too-few-orders' });
  expect(found.reasons).toContain('p99 is not judged: that takes 1,000 stored orders in each run.');
});
