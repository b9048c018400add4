import { describe, expect, it } from 'vitest';
import { theilSen } from '../../../lib/core/judge/trend-line.ts';
import { renderSummary } from '../../../lib/core/render/terminal-summary.ts';
import { answerSoak, DRIFT_TOLERANCE } from '../../../lib/questions/soak/answer.ts';
import type { Drift, DriftMeasure } from '../../../lib/questions/soak/schema.ts';
import { suddenShift } from '../../../lib/questions/soak/sudden-shift.ts';
import { driftOfSimulatedSoak, type SimulatedSoak } from '../../../studies/drift/simulated-soak.ts';
import { sampleReport, tallyOf } from '../../core/report/sample-run.ts';

const SOAK: SimulatedSoak = { seed: 1, hours: 4, ratePerSecond: 2, driftPercentPerHour: 0 };
const SEEDS = Array.from({ length: 50 }, (_, i) => i + 1);

function measure({ measures }: Drift, name: DriftMeasure['name']): DriftMeasure {
  const found = measures.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

describe('answerSoak', () => {
  it.each([5, 0, -5])('has %i %/h in its interval in 90% of 50 soaks that wander', (truth) => {
    const drifts = SEEDS.map((seed) =>
      driftOfSimulatedSoak({ ...SOAK, seed, driftPercentPerHour: truth }),
    );
    for (const name of ['p50', 'p95', 'p99'] as const) {
      const found = drifts.map((drift) => measure(drift, name));
      const covered = found.filter(
        ({ interval }) => interval !== null && interval[0] <= truth && truth <= interval[1],
      );
      expect(covered.length, name).toBeGreaterThanOrEqual(45);
      const called = (status: string) => found.filter((one) => one.status === status).length;
      // Drifting while flat is what the 5% of a 95% interval allow; flat while drifting is nothing.
      if (truth === 0) expect(called('drifting'), name).toBeLessThanOrEqual(5);
      else expect(called('flat'), name).toBe(0);
      if (truth !== 0 && name !== 'p99')
        expect(called('drifting'), name).toBeGreaterThanOrEqual(48);
    }
  });

  it('calls a flat target flat, once the soak is long enough', () => {
    const flat = SEEDS.filter(
      (seed) => driftOfSimulatedSoak({ ...SOAK, seed, hours: 8 }).status === 'flat',
    );
    expect(flat.length).toBeGreaterThanOrEqual(45);
  });

  it('says of a short soak that it tells nothing, and how long would', () => {
    const drift = driftOfSimulatedSoak({ ...SOAK, hours: 0.5, ratePerSecond: 4 });
    expect(drift.status).toBe('notDetermined');
    const p50 = measure(drift, 'p50');
    expect(p50.status).toBe('notDetermined');
    expect(p50.hoursNeeded).toBeGreaterThan(1);
    expect(p50.hoursNeeded).toBeLessThan(8);
    expect(drift.why).toMatch(
      /^30 min is too short to see a drift: p50 needs \d h( \d0 min)?, p95 \d+ h/,
    );
    const longer = driftOfSimulatedSoak({ ...SOAK, hours: 8, ratePerSecond: 4 });
    expect(measure(longer, 'p50').status).toBe('flat');
  });

  it('does not make a percentile of windows that cannot have one', () => {
    const drift = driftOfSimulatedSoak({ ...SOAK, hours: 1 / 60, ratePerSecond: 20 });
    expect(measure(drift, 'p99')).toMatchObject({ status: 'notDetermined', interval: null });
    expect(measure(drift, 'p99').why).toMatch(
      /^Too few orders for a slope: it takes at least \d min at this rate\.$/,
    );
  });

  it('knows the direction of a slope that is too steep for a share of the level', () => {
    const soak = { ...SOAK, hours: 1 / 60, ratePerSecond: 40, driftPercentPerHour: 30_000 };
    const p50 = measure(driftOfSimulatedSoak(soak), 'p50');
    expect(p50).toMatchObject({ status: 'drifting' });
    const still = measure(driftOfSimulatedSoak({ ...soak, driftPercentPerHour: 0 }), 'p50');
    expect(still.status).toBe('notDetermined');
    expect(still.hoursNeeded).toBeGreaterThan(0.1);
  });

  it('does not call flat what jumped near the end', () => {
    for (const seed of SEEDS.slice(0, 10)) {
      const step = { fromHours: 7, factor: 1.5 };
      const p95 = measure(driftOfSimulatedSoak({ ...SOAK, seed, hours: 8, step }), 'p95');
      expect(p95.status, `seed ${seed}`).not.toBe('flat');
    }
  });

  it('finds losses that begin late, where a median of slopes would see none', () => {
    const late = driftOfSimulatedSoak({ ...SOAK, lostRatio: -0.1, lostRatioPerHour: 0.033 });
    expect(measure(late, 'success').status).toBe('drifting');
    expect(measure(late, 'success').perHour).toBeLessThan(-0.1);
  });

  it('is not certain of no drift of success just because nothing was lost', () => {
    const success = measure(driftOfSimulatedSoak({ ...SOAK, hours: 0.25 }), 'success');
    expect(success.perHour).toBeCloseTo(0, 9);
    expect(success.status).toBe('notDetermined');
    expect(success.interval?.[1]).toBeGreaterThan(DRIFT_TOLERANCE.success);
  });

  it('does not know the memory of environments unless the windows do', () => {
    const without = driftOfSimulatedSoak(SOAK);
    expect(measure(without, 'environmentMemory')).toMatchObject({ status: 'absent', points: 0 });
    const grown = withMemory((window) => 80 + window * 0.5);
    expect(measure(grown, 'environmentMemory').status).toBe('drifting');
    expect(measure(grown, 'environmentMemory').perHour).toBeCloseTo((15 / 80) * 100, 0);
    const still = withMemory((window) => 80 + (window % 2));
    expect(measure(still, 'environmentMemory').status).toBe('flat');
  });

  it('is not determined where the run is INVALID, and says it in the summary', () => {
    const report = soakReport(() => 80);
    const invalid = { ...report, run: { ...report.run, verdict: 'invalid' as const } };
    const { answer } = answerSoak(invalid);
    expect(answer).toMatchObject({ status: 'notDetermined' });
    const text = renderSummary(
      { ...invalid, answers: { drift: answer } },
      { colors: false, width: 100 },
    );
    expect(text).toMatch(
      /Does it degrade over time\?\n {2}Not known, because the run is invalid\./,
    );
  });
});

describe('theilSen', () => {
  it('is not moved by a quarter of wild points', () => {
    const points = Array.from({ length: 40 }, (_, x) => ({ x, y: x % 4 === 0 ? 1e6 : 2 * x + 1 }));
    expect(theilSen(points).slope).toBeCloseTo(2, 1);
  });
});

describe('suddenShift', () => {
  const flat = { slope: 0, interval: [-0.1, 0.1], autocorrelation: 0 } as const;
  const points = (tail: number) =>
    Array.from({ length: 50 }, (_, x) => ({ x, y: 100 + (x % 3) + (x >= 40 ? tail : 0) }));

  it('sees a change of the last fifth that a slope of zero passes over', () => {
    expect(suddenShift(points(20), flat, 101, 0.1)).toMatch(
      /^the last fifth of the run lies 19\.8% above the trend of the rest/,
    );
    expect(suddenShift(points(-20), flat, 101, 0.1)).toContain('below');
  });

  it('passes over what noise or the tolerance explain', () => {
    expect(suddenShift(points(0), flat, 101, 0)).toBeNull();
    expect(suddenShift(points(5), flat, 101, 0.1)).toBeNull();
  });
});

/** An hour and 20 minutes in 40 windows of two minutes. */
function soakReport(memoryMb: (window: number) => number) {
  const tally = tallyOf(500, { created: Array.from({ length: 500 }, (_, i) => 20 + (i % 50)) });
  const windows = Array.from({ length: 40 }, (_, i) => ({
    startOffsetMs: i * 120_000,
    lengthMs: 120_000,
    ...{ dropped: 0, cold: 0, vus: 1, inFlight: 2, ...tally },
  }));
  const stage = { name: 'soak', durationSeconds: 4800, fromRate: 4.17, toRate: 4.17 };
  const report = sampleReport({ changes: { windows } }, { plan: { stages: [stage] } });
  return {
    ...report,
    windows: report.windows.map((window, i) => ({ ...window, environmentMemoryMb: memoryMb(i) })),
  };
}

function withMemory(memoryMb: (window: number) => number): Drift {
  const { run, ...report } = soakReport(memoryMb);
  const { answer: drift } = answerSoak({ ...report, run: { ...run, verdict: 'pass' } });
  if (drift === undefined) throw new Error('there is no answer');
  return drift;
}
