import { describe, expect, it } from 'vitest';
import { NOT_SENT_REASONS, type NotSentReason } from '../../../../lib/core/order/not-sent.ts';
import type { RunContext } from '../../../../lib/core/report/run-context.ts';
import type { Failure } from '../../../../lib/core/report/schema/failure-schema.ts';
import { nextSteps } from '../../../../lib/core/summary/run/next-steps.ts';
import type { AnsweredReport } from '../../../../lib/questions/report-schema.ts';
import {
  type RunnerShape,
  repeat,
  sampleContext,
  type samplePlan,
  sampleReport,
} from '../../report/sample-run.ts';

const COMMAND = ['steady', '--target', 'https://api.example.com/prod', '--rate', '100'];
const AGAIN = 'npm run load:steady -- --target https://api.example.com/prod --rate 100';

function ran(
  shape: RunnerShape = {},
  context: Partial<RunContext> = {},
  plan: Parameters<typeof samplePlan>[0] = {},
): AnsweredReport {
  return sampleReport(shape, { context: { command: COMMAND, ...context }, plan });
}

/** A run in which orders failed in one way, between second 2 and second 6. */
function failing(
  failure: Partial<Failure>,
  latencies: RunnerShape['latencies'] = {},
): AnsweredReport {
  const report = ran({ latencies: { created: repeat(900, 20), ...latencies } });
  const way: Failure = {
    ...{ outcome: 'serverError', status: 500, error: null, orders: 100, fromMs: 2000, toMs: 6000 },
    ...failure,
  };
  return { ...report, requests: { ...report.requests, failures: [way] } };
}

const first = (report: AnsweredReport) => nextSteps(report)[0];

describe('what to do about the target', () => {
  it('raises the limit that throttled, and says what the rate needs', () => {
    const target = { ...sampleContext().target, concurrencyLimit: 6 };
    const throttled = ran(
      { latencies: { created: repeat(900, 20), throttled: repeat(100, 2) } },
      { target },
    );
    expect(first(throttled)).toEqual({
      text: 'Raise the concurrency limit above 6, or lower the rate',
      command: AGAIN,
    });
    const { lambda, latencyMs } = throttled;
    const handlerMs = { ...latencyMs.success, mean: 150 };
    expect(first({ ...throttled, lambda: { ...lambda, handlerMs } })?.text).toBe(
      'Raise the concurrency limit above 6 (100/s need about 15 calls at once), or lower the rate',
    );
    const { concurrencyLimit: _, ...unknown } = throttled.target;
    expect(first({ ...throttled, target: unknown })?.text).toMatch(
      /^Raise what limits the target: /,
    );
  });

  it.each<[string, AnsweredReport, string]>([
    [
      'server errors',
      failing({}, { serverError: repeat(100, 2) }),
      'Read the log of the API from 10:00:02 to 10:00:06 UTC, when the errors came, and run again',
    ],
    [
      'timeouts',
      failing({ outcome: 'timeout', status: null }, { timeout: repeat(100, 5000) }),
      'Find what the orders that timed out from 10:00:02 to 10:00:06 UTC waited for, and run again',
    ],
    [
      'broken connections',
      failing({ outcome: 'connection', status: null }, { connection: repeat(100, 2) }),
      'Find what closed or refused connections from 10:00:02 to 10:00:06 UTC: the target, its load balancer or a firewall; then run again',
    ],
    [
      'refused credentials',
      failing({ outcome: 'rejected', status: 401 }, { rejected: repeat(100, 2) }),
      'Correct the credentials, and run again',
    ],
  ])('looks for the cause of %s', (_, report, text) => {
    expect(first(report)).toEqual({ text, command: AGAIN });
  });

  it('has smoke propose the order that an API expects', () => {
    const report = failing({ outcome: 'rejected', status: 422 }, { rejected: repeat(100, 2) });
    expect(first(report)?.command).toBe(
      'npm run load:smoke -- --target https://api.example.com/prod --learn',
    );
  });

  it('points to the slowest time, and to what fell in it', () => {
    const latencies = { created: [...repeat(900, 20), ...repeat(100, 700)] };
    expect(first(ran({ latencies }))?.text).toMatch(
      /^Look at what every order waits for: p95 was above the SLO all the time, up to \d+ ms; then run again$/,
    );
    const cold = ran({ latencies });
    const [window] = cold.windows;
    const [quick] = ran().windows;
    if (window === undefined || quick === undefined) throw new Error('no window');
    const short = [quick, window, window, quick].map((one, position) => ({
      ...{ ...one, startOffsetMs: position * 2000, lengthMs: 2000 },
    }));
    expect(first({ ...cold, windows: short })?.text).toMatch(
      /^Look at 10:00:02 to 10:00:06 UTC, when p95 rose to \d+ ms; then run again$/,
    );
    const windows = [{ ...window, coldStarts: 100 }];
    expect(first({ ...cold, windows })?.text).toContain(
      '; 100 cold starts fell in it (10% of the responses)',
    );
    const handlerMs = { ...cold.latencyMs.success, p95: 10 };
    expect(first({ ...cold, lambda: { ...cold.lambda, handlerMs } })?.text).toContain(
      '; the handler takes only 10 ms of it',
    );
  });

  it('looks at what the target failed, however many orders were dropped', () => {
    const latencies = { created: repeat(500, 20), rejected: repeat(150, 2) };
    expect(first(ran({ latencies, dropped: 350 }))?.text).toMatch(/^Correct /);
  });

  it('shows a command once', () => {
    const latencies = { created: repeat(800, 700), throttled: repeat(200, 2) };
    const [one, two] = nextSteps(ran({ latencies }));
    expect(one?.command).toBe(AGAIN);
    expect(two?.text).toMatch(/^Look at /);
    expect(two?.command).toBeNull();
  });

  it('looks for the rate that a target can take which collapsed', () => {
    const shape = { latencies: { created: repeat(100, 20), serverError: repeat(400, 2) } };
    const report = ran(shape, { status: 'aborted', abortReason: 'it collapsed.' });
    expect(nextSteps(report)[1]).toEqual({
      text: 'Find the rate that it can take',
      command: 'npm run load:ramp -- --target https://api.example.com/prod',
    });
  });
});

describe('what to do about the load generator', () => {
  const stored = { created: repeat(900, 20) };
  const capped = { maxInFlight: 100, inFlightBound: 500 };
  const late = [...repeat(60, 300), ...repeat(940, 0)];

  it.each<[NotSentReason, string, string]>([
    ['inFlight', 'Allow 500 orders in flight, or lower the rate', ' --max-in-flight 500'],
    [
      'overdue',
      'Run again on an otherwise idle machine that does not go to sleep, or at a lower rate',
      '',
    ],
    ['descriptors', 'Raise the limit of open files (ulimit -n 65536), and run again', ''],
    ['virtualUsers', 'Allow 500 orders in flight, or lower the rate', ' --max-in-flight 500'],
  ])('orders that were dropped for %s', (why, text, changes) => {
    const report = ran({ latencies: stored, dropped: { [why]: 100 } }, {}, capped);
    expect(first(report)).toEqual({ text, command: `${AGAIN}${changes}` });
  });

  it('has something to do for every reason', () => {
    for (const why of NOT_SENT_REASONS) {
      const { text } = first(ran({ latencies: stored, dropped: { [why]: 100 } }, {}, capped)) ?? {};
      expect(text).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it('asks for more open files where more orders may be in flight than usual', () => {
    const plan = { maxInFlight: 90_000, inFlightBound: 90_000 };
    const report = ran({ latencies: stored, dropped: { descriptors: 100 } }, {}, plan);
    expect(first(report)?.text).toContain('ulimit -n 180000');
  });

  it('raises a limit in flight that was all that the timeout can hold', () => {
    expect(first(ran({ latencies: stored, dropped: 100 }))).toEqual({
      text: 'Allow more than 500 orders in flight, or a shorter --timeout',
      command: `${AGAIN} --max-in-flight 1000`,
    });
  });

  it('names the limit of the machine that keeps orders back', () => {
    const inFlightLimit = { what: 'this machine is small', mend: 'use a larger one' };
    const report = ran({ latencies: stored, dropped: 100 }, {}, { ...capped, inFlightLimit });
    expect(first(report)?.text).toBe(
      'Up to 500 orders may have to be in flight at once, but this machine is small: use a larger one, or lower the rate',
    );
  });

  it.each<[string, object, string, string]>([
    [
      'a quota',
      { heldBack: { quotaMs: 800, pressureShare: 0.7 } },
      'Raise the CPU quota of the container, or lower the rate, such as to 50/s',
      AGAIN.replace('100', '50'),
    ],
    [
      'its own limit',
      { peakCpuShare: 0.97 },
      'Use a larger machine or more --clients, or lower the rate, such as to 50/s',
      AGAIN.replace('100', '50'),
    ],
    [
      'other programs',
      { heldBack: { quotaMs: null, pressureShare: 0.7 } },
      'Run again on an otherwise idle machine, or at a lower rate',
      AGAIN,
    ],
  ])('orders that were late for %s', (_, facts, text, command) => {
    const generator = { ...sampleContext().generator, ...facts };
    expect(first(ran({ lateness: late }, { generator }))).toEqual({ text, command });
  });
});

describe('what to do about the run itself', () => {
  it.each<[string, AnsweredReport, RegExp]>([
    ['interrupted', ran({}, { status: 'interrupted' }), /^Let the run come to its end$/],
    [
      'a target that was not there',
      ran({ latencies: { connection: repeat(1000, 0) } }),
      /^Start the target or correct its address, and run again$/,
    ],
    ['incomplete telemetry', ran({ changes: { ended: false } }), /k6\.log/],
    [
      'an exception in the scenario',
      ran(
        { latencies: {}, started: 1000 },
        { k6: { exitCode: 0, signal: null, exceptions: [{ message: 'TypeError', count: 1000 }] } },
      ),
      /^Correct the scenario/,
    ],
  ])('%s', (_, report, text) => {
    expect(first(report)?.text).toMatch(text);
    expect(first(report)?.command).toBe(AGAIN);
  });
});

describe('what to do after a run that passed', () => {
  it('runs longer where luck may have met the SLO', () => {
    const report = ran({ latencies: { created: repeat(995, 20), rejected: repeat(5, 2) } });
    const [low] = report.requests.successRatioInterval ?? [];
    expect(low).toBeLessThan(0.99);
    expect(first(report)).toEqual({
      text: 'Run 2 times as long to be sure of 99%: with so few orders, success may be as low as 98.83%',
      command: `${AGAIN} --duration 20s`,
    });
  });

  it('leaves a recording its own length', () => {
    const arrivals = { kind: 'recorded', file: 'a.csv', speed: 1, orders: 1000 } as const;
    const report = ran({ latencies: { created: repeat(995, 20), rejected: repeat(5, 2) } });
    const load = { ...report.load, arrivals };
    expect(first({ ...report, load })?.command).toBeNull();
  });

  it('shows it beside earlier runs, or proposes the next one where it lies apart', () => {
    expect(first(ran())).toEqual({
      text: 'See it beside earlier runs',
      command: 'npm run results',
    });
    const apart = ran({}, { command: [...COMMAND, '--out', 'mine'] });
    expect(first(apart)?.command).toBe(`${AGAIN} --out mine`);
  });

  it('proposes something without a command for an older report', () => {
    const steps = nextSteps(sampleReport());
    expect(steps).toHaveLength(1);
    expect(steps[0]?.command).toBeNull();
  });
});
