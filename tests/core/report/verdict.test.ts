import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import { exitCodeOf } from '../../../lib/core/report/exit-code.ts';
import { type RunnerShape, repeat, sampleContext, samplePlan, sampleReport } from './sample-run.ts';
import { expectVerdict, type VerdictCase } from './verdict-case.ts';

const exception = { message: 'TypeError: x is undefined at steady.ts:12', count: 1000 };
const withExceptions = (count: number, exitCode = 0) => ({
  k6: { exitCode, signal: null, exceptions: [{ ...exception, count }] },
});
const CASES: readonly VerdictCase[] = [
  { name: 'every SLO met', verdict: 'pass', exit: 0, reason: 'success 100% (SLO 99%)' },
  {
    name: 'success exactly at its SLO',
    shape: { latencies: { created: repeat(990, 20), rejected: repeat(10, 2) } },
    verdict: 'pass',
    exit: 0,
  },
  {
    name: 'success just below its SLO',
    shape: { latencies: { created: repeat(989, 20), rejected: repeat(11, 2) } },
    verdict: 'fail',
    exit: 1,
    reason: 'Success was 98.9%, below the SLO of 99%: of 1,000 orders, 11 rejected.',
  },
  {
    name: 'duplicates are served',
    shape: { latencies: { created: repeat(500, 20), duplicate: repeat(500, 20) } },
    verdict: 'pass',
    exit: 0,
  },
  {
    name: 'unresolved orders count against success',
    shape: { latencies: { created: repeat(980, 20) }, started: 1000 },
    verdict: 'fail',
    exit: 1,
    reason: '20 never answered',
  },
  {
    name: 'p95 above its SLO',
    shape: { latencies: { created: [...repeat(940, 20), ...repeat(60, 150)] } },
    verdict: 'fail',
    exit: 1,
    reason: 'The p95 latency was',
  },
  {
    name: 'timeouts count as latency at the limit',
    shape: { latencies: { created: repeat(940, 20), timeout: repeat(60, 5000) } },
    plan: { slo: { successRatio: 0.5, p95Ms: 100 } },
    verdict: 'fail',
    exit: 1,
    reason: 'The p95 latency was 4',
  },
  {
    name: 'failing fast does not help p95',
    shape: {
      latencies: {
        created: [...repeat(450, 20), ...repeat(50, 150)],
        serverError: repeat(500, 1),
      },
    },
    plan: { slo: { successRatio: 0.5, p95Ms: 100 } },
    verdict: 'fail',
    exit: 1,
    reason: 'The p95 latency was',
  },
  {
    name: 'only errors',
    shape: { latencies: { serverError: repeat(1000, 2) } },
    verdict: 'fail',
    exit: 1,
    reason: 'no latency to judge',
  },
  {
    name: 'only timeouts',
    shape: { latencies: { timeout: repeat(1000, 5000) } },
    verdict: 'fail',
    exit: 1,
  },
  {
    name: 'no connection ever',
    shape: { latencies: { connection: repeat(1000, 0) } },
    verdict: 'invalid',
    exit: 4,
    reason: 'No connection to https://api.example.com/prod',
  },
  {
    name: 'the target died after some successes',
    shape: { latencies: { created: repeat(10, 20), connection: repeat(990, 0) } },
    verdict: 'fail',
    exit: 1,
  },
  {
    name: 'the target died at the end of the warm-up',
    shape: {
      latencies: { connection: repeat(1000, 0) },
      changes: {
        warmup: {
          started: 1,
          dropped: 0,
          latencyByOutcome: { created: { schema: 6, zeroCount: 0, buckets: [[300, 1]] } },
        },
      },
    },
    verdict: 'fail',
    exit: 1,
  },
  {
    name: 'nothing started',
    shape: { latencies: {}, started: 0 },
    context: withExceptions(1, 107),
    verdict: 'invalid',
    exit: 3,
    reason: 'No order was started',
  },
  {
    name: 'an exception in every iteration',
    shape: { latencies: {}, started: 1000 },
    context: withExceptions(1000),
    verdict: 'invalid',
    exit: 3,
    reason: 'Every iteration threw an exception',
  },
  {
    name: 'a scenario that counts no outcome',
    shape: { latencies: {}, started: 1000 },
    verdict: 'invalid',
    exit: 3,
    reason: 'No order got an outcome',
  },
  {
    name: 'an exception in every iteration, after its order',
    shape: { latencies: { created: repeat(1000, 20) }, started: 1000 },
    context: withExceptions(1000),
    verdict: 'invalid',
    exit: 3,
    reason: 'Every iteration threw an exception',
  },
  {
    name: 'an exception in some iterations is named',
    shape: { latencies: { created: repeat(995, 20) }, started: 1000 },
    context: withExceptions(5),
    verdict: 'pass',
    exit: 0,
    reason: '5 exceptions; the most frequent: TypeError: x is undefined at steady.ts:12',
  },
  {
    name: 'telemetry cut off',
    shape: { changes: { ended: false } },
    verdict: 'invalid',
    exit: 3,
    reason: 'stops before the end of the run',
  },
  {
    name: 'telemetry with a fault',
    shape: { changes: { faults: ['counter orders_started fell from 12 to 3'] } },
    verdict: 'invalid',
    exit: 3,
    reason: 'fell from 12 to 3',
  },
  {
    name: 'k6 killed',
    shape: { changes: { ended: false } },
    context: { status: 'aborted', k6: { exitCode: null, signal: 'SIGKILL', exceptions: [] } },
    verdict: 'invalid',
    exit: 3,
    reason: 'SIGKILL',
  },
  {
    name: 'k6 panicked',
    context: { k6: { exitCode: 109, signal: null, exceptions: [] } },
    verdict: 'invalid',
    exit: 3,
    reason: 'exit code 109',
  },
  {
    name: 'a threshold of k6 itself is left to the report',
    context: { k6: { exitCode: 99, signal: null, exceptions: [] } },
    verdict: 'pass',
    exit: 0,
  },
  {
    name: 'the generator saturated its CPUs',
    context: { generator: { cpuSeconds: 23, peakRssBytes: 1 } },
    verdict: 'invalid',
    exit: 3,
    reason: 'saturated',
  },
  {
    name: 'the generator saturated its CPUs for some seconds',
    context: { generator: { cpuSeconds: 1, peakRssBytes: 1, peakCpuShare: 0.99 } },
    verdict: 'invalid',
    exit: 3,
    reason: 'k6 used 99%',
  },
  {
    name: 'far fewer offered than planned',
    shape: { latencies: { created: repeat(500, 20) } },
    verdict: 'invalid',
    exit: 3,
    reason: 'Only 50% of the planned orders',
  },
  {
    name: 'interrupted: judged on what was measured',
    shape: { latencies: { created: repeat(500, 20) } },
    context: { status: 'interrupted', k6: { exitCode: 105, signal: null, exceptions: [] } },
    verdict: 'pass',
    exit: 130,
    reason: 'the figures are partial',
  },
  {
    name: 'aborted as hopeless',
    shape: { latencies: { created: repeat(100, 20), serverError: repeat(400, 2) } },
    context: {
      status: 'aborted',
      abortReason: 'success cannot be met.',
      k6: { exitCode: 105, signal: null, exceptions: [] },
    },
    verdict: 'fail',
    exit: 1,
    reason: 'stopped early: success cannot be met.',
  },
];

describe('the verdict', () => {
  it.each(CASES)('$name: $verdict, exit $exit', expectVerdict);

  it('is invalid without any telemetry', () => {
    const report = buildReport({ plan: samplePlan(), runners: [], context: sampleContext() });
    expect(report.run.verdict).toBe('invalid');
    expect(report.run.reasons[0]).toContain('No telemetry arrived');
  });

  it('says once that nothing answered, and once that orders were dropped', () => {
    const reasonsOf = (shape: RunnerShape) => sampleReport(shape).run.reasons;
    expect(reasonsOf({ latencies: { connection: repeat(1000, 0) } })).toHaveLength(1);
    expect(reasonsOf({ latencies: { created: repeat(900, 20) }, dropped: 100 })).toHaveLength(1);
    const alsoFailed = { created: repeat(900, 20), rejected: repeat(5, 2) };
    expect(reasonsOf({ latencies: alsoFailed, dropped: 95 })[1]).toMatch(/^Success was 90%/);
    const alsoSlow = { created: repeat(900, 200) };
    expect(reasonsOf({ latencies: alsoSlow, dropped: { ports: 100 } })[1]).toMatch(
      /^Success was 90%/,
    );
  });

  it('names a fault once that the receiver and the runner both report', () => {
    const fault = 'a push was garbled';
    const report = sampleReport(
      { changes: { faults: [fault] } },
      { context: { telemetryFaults: [fault] } },
    );
    expect(report.run.reasons.filter((reason) => reason.includes(fault))).toHaveLength(1);
  });

  it('exits 130 or 143 after a signal, whatever the verdict', () => {
    expect(exitCodeOf(sampleReport(), { signal: 'SIGINT' })).toBe(130);
    expect(exitCodeOf(sampleReport(), { signal: 'SIGTERM' })).toBe(143);
  });
});
