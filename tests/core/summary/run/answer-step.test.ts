import { describe, expect, it } from 'vitest';
import { nextSteps } from '../../../../lib/core/summary/run/next-steps.ts';
import { answerReport } from '../../../../lib/questions/answer-report.ts';
import type { AnsweredReport } from '../../../../lib/questions/report-schema.ts';
import { rampReport, type Target, throttling } from '../../judge/sample-steps.ts';
import { repeat, sampleReport } from '../../report/sample-run.ts';

const first = (report: AnsweredReport) => nextSteps(report)[0];

function rising(scenario: string, target: Target): AnsweredReport {
  const report = rampReport(target);
  const command = [scenario, '--target', 'https://api.example.com', '--rate', '200'];
  return answerReport({ ...report, run: { ...report.run, scenario, command } });
}

/** A run of another scenario with an answer of which only these parts matter. */
function answered(scenario: string, answers: object, verdict: 'pass' | 'fail' = 'pass') {
  const report = sampleReport({}, { context: { command: [scenario, '--rate', '100'] } });
  return { ...report, run: { ...report.run, scenario, verdict }, answers } as AnsweredReport;
}

const HOLDS: Target = (_, orders) => ({ created: repeat(orders, 20) });
const NEVER: Target = (_, orders) => ({ throttled: repeat(orders, 2) });

describe('after a ramp', () => {
  it('holds the capacity for longer where it is certain', () => {
    expect(first(rising('ramp', throttling(100)))).toEqual({
      text: 'See whether 88.9/s holds for longer',
      command: 'npm run load:steady -- --target https://api.example.com --rate 88.9 --duration 5m',
    });
  });

  it('runs longer where it is not', () => {
    const report = rising('ramp', throttling(100));
    const { capacity } = report.answers;
    if (capacity === undefined) throw new Error('no answer');
    const interval = { ...capacity.interval, low: null };
    expect(first({ ...report, answers: { capacity: { ...capacity, interval } } })).toEqual({
      text: 'Run longer: the steps had too few orders to be sure',
      command: expect.stringMatching(/--rate 200 --duration \S+$/),
    });
  });

  it('goes higher where every rate held, and lower where none did', () => {
    expect(first(rising('ramp', HOLDS))).toEqual({
      text: 'Go higher, such as up to 400/s',
      command: 'npm run load:ramp -- --target https://api.example.com --rate 400',
    });
    expect(first(rising('ramp', NEVER))).toEqual({
      text: 'Start lower: climb up to 11.7/s',
      command: 'npm run load:ramp -- --target https://api.example.com --rate 11.7',
    });
  });

  it('looks at refused orders before their rate', () => {
    const report = rising('ramp', NEVER);
    const way = {
      ...{ outcome: 'rejected', status: 401, error: null, orders: 9 },
      fromMs: 0,
      toMs: 9,
    };
    const outcomes = { ...report.requests.outcomes, throttled: 0, serverError: 0, rejected: 9 };
    const requests = {
      ...report.requests,
      outcomes,
      failures: [way],
    } as AnsweredReport['requests'];
    expect(first({ ...report, requests })?.text).toBe('Correct the credentials, and run again');
  });
});

it('narrows down with a ramp where a target broke', () => {
  expect(first(rising('breakpoint', throttling(100)))).toEqual({
    text: 'Narrow down the rate that it can take: the ramp judges rates up to 133/s',
    command: 'npm run load:ramp -- --target https://api.example.com --rate 133',
  });
});

describe('after another question', () => {
  const unknown = { value: null };
  const open = (hoursNeeded: number) => ({
    ...{ name: 'p95', status: 'notDetermined', perHour: null, interval: null, hoursNeeded },
  });

  it.each<[string, AnsweredReport, string, string]>([
    [
      'lets compare judge two arms',
      answered('ab', { ab: {} }),
      'Let compare judge whether B differs from A',
      'npm run compare -- results/r1',
    ],
    [
      'waits longer for a queue',
      answered('batch', { lag: { keepsUp: false, lost: unknown, source: 'sample' } }, 'fail'),
      'Wait longer than 60 s to see whether the queue drains',
      'npm run load:batch -- --rate 100 --drain-wait 2m',
    ],
    [
      'watches a burst for longer',
      answered('spike', { burst: { recovery: { status: 'notRecovered' } } }, 'fail'),
      'Watch it for longer to see when it recovers',
      'npm run load:spike -- --rate 100 --duration 20s',
    ],
    [
      'soaks as long as the quickest measure needs',
      answered('soak', {
        drift: { status: 'notDetermined', measures: [open(69), open(2)] },
      }),
      'Run longer to see a drift',
      'npm run load:soak -- --rate 100 --duration 2h',
    ],
    [
      'proposes a contract',
      answered('smoke', { contract: { rows: [{ verdict: 'broken' }] } }, 'fail'),
      'Correct the API; or, if it is meant to behave like this, describe its contract in `order` in the config: --learn proposes how',
      'npm run load:smoke -- --learn',
    ],
  ])('%s', (_, report, text, command) => {
    expect(first(report)).toEqual({ text, command });
  });

  it('asks for an observed queue, and for lost orders', () => {
    const open = answered('batch', { lag: { keepsUp: null, lost: unknown, source: 'absent' } });
    expect(first(open)?.text).toMatch(/^Let the suite see when orders are stored/);
    const lost = answered('batch', { lag: { keepsUp: false, lost: { value: 3 } } }, 'fail');
    expect(first(lost)?.text).toMatch(/dead-letter queue/);
  });
});
