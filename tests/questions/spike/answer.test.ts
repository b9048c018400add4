import { describe, expect, it } from 'vitest';
import { answerTexts } from '../../../lib/questions/answer-texts.ts';
import {
  BURST_END_MS,
  brokenUntil,
  STAGES,
  simulateBurst,
  type Target,
  well,
} from './simulated-burst.ts';

const slow =
  (latencyMs: number): Target =>
  () => ({ latencyMs, outcome: 'created' });
const FAULTS: Readonly<Record<string, Target>> = {
  'fails at once': () => ({ latencyMs: 3, outcome: 'serverError' }),
  'fails after 3 s': () => ({ latencyMs: 3000, outcome: 'serverError' }),
  'is throttled': () => ({ latencyMs: 3, outcome: 'throttled' }),
  'answers after 1.1 s': slow(1100),
  'answers after 1.2 s': slow(1200),
  'answers after 1.4 s': slow(1400),
  'answers after 1.5 s': slow(1500),
  'answers after 3.7 s': slow(3700),
  'never answers': () => ({ latencyMs: 5000, outcome: 'timeout' }),
};

describe('answerSpike: time to recover', () => {
  it.each(Object.keys(FAULTS))('is within a window of the truth where the target %s', (fault) => {
    for (let truthMs = 0; truthMs <= 8000; truthMs += 270) {
      const target = brokenUntil(BURST_END_MS + truthMs, FAULTS[fault] as Target);
      const { recovery } = simulateBurst(target).burst;
      expect(recovery.status).toBe('recovered');
      const seconds = recovery.seconds as number;
      expect(Math.abs(seconds - truthMs / 1000), `${truthMs}: ${seconds}`).toBeLessThanOrEqual(1);
      const [low, high] = recovery.intervalSeconds as readonly [number, number];
      expect(low).toBeLessThanOrEqual(truthMs / 1000);
      expect(high).toBeGreaterThanOrEqual(truthMs / 1000);
    }
  });

  it('is within a window of the truth where the target freezes and then answers all', () => {
    for (let truthMs = 400; truthMs <= 4000; truthMs += 270) {
      const thawMs = BURST_END_MS + truthMs;
      const frozen: Target = (sentMs) => ({ latencyMs: thawMs - sentMs + 5, outcome: 'created' });
      const { recovery } = simulateBurst(brokenUntil(thawMs, frozen), {
        plan: { requestTimeoutMs: 10_000, slo: { successRatio: 0.99, p95Ms: 300 } },
      }).burst;
      expect(Math.abs((recovery.seconds as number) - truthMs / 1000)).toBeLessThanOrEqual(1);
    }
  });

  it('is zero, and says so, where the SLO was never left', () => {
    const { burst, run } = simulateBurst(well);
    expect(burst.recovery).toMatchObject({ status: 'neverLeft', seconds: 0, spanSeconds: 1 });
    expect(burst.success).toMatchObject({ ratio: 1, offered: 301 });
    expect(burst.lost.inBurst.total + burst.lost.after.total).toBe(0);
    expect(run.verdict).toBe('pass');
  });

  it('fails the run where the target does not recover', () => {
    const { burst, run } = simulateBurst(brokenUntil(1e9, FAULTS['fails at once'] as Target));
    expect(burst.recovery).toMatchObject({ status: 'notRecovered', seconds: null });
    expect(burst.recovery.observedSeconds).toBeCloseTo(15, 0);
    expect(run.verdict).toBe('fail');
    expect(run.reasons[0]).toMatch(/did not recover within 1[45]\.\d s after the burst/);
    expect(burst.lost.after.outcomes.serverError).toBe(300);
  });

  it('does not count what was kept for fewer than three windows', () => {
    const { recovery } = simulateBurst(
      brokenUntil(BURST_END_MS + 13_100, FAULTS['fails at once'] as Target),
    ).burst;
    expect(recovery.status).toBe('notRecovered');
    expect(recovery.why).toMatch(/met them in the last 1 s, which is too short to count/);
  });

  it('starts again where the target breaks once more', () => {
    const target: Target = (ms) =>
      (ms >= 8000 && ms < 11_000) || (ms >= 13_000 && ms < 14_000)
        ? { latencyMs: 3, outcome: 'serverError' }
        : well(ms);
    expect(simulateBurst(target).burst.recovery.seconds).toBeCloseTo(4, 1);
  });

  it('judges longer spans where a window holds few orders, and says so', () => {
    const stages = STAGES.map((stage) =>
      stage.name === 'recovery' ? { ...stage, fromRate: 3, toRate: 3 } : stage,
    );
    const target = brokenUntil(BURST_END_MS + 2000, FAULTS['fails at once'] as Target);
    const { burst } = simulateBurst(target, { stages });
    expect(burst.recovery).toMatchObject({ status: 'recovered', spanSeconds: 3 });
    expect(Math.abs((burst.recovery.seconds as number) - 2)).toBeLessThanOrEqual(1);
    expect(burst.notes.join()).toContain('fewer than eight orders, so 3 s are judged at a time');
  });

  it('is not determined where too few orders follow the burst', () => {
    const stages = STAGES.map((stage) =>
      stage.name === 'recovery' ? { ...stage, fromRate: 1, toRate: 1 } : stage,
    );
    const { recovery } = simulateBurst(well, { stages }).burst;
    expect(recovery.status).toBe('notDetermined');
    expect(recovery.why).toMatch(/1\d orders in 1\d\.\d s are too few/);
  });

  it('is not determined where the SLO was missed before the burst already', () => {
    const { recovery } = simulateBurst(() => ({ latencyMs: 1200, outcome: 'created' })).burst;
    expect(recovery.status).toBe('notDetermined');
    expect(recovery.why).toContain('already missed before the burst');
  });

  it('does not judge the time of which orders never came to an outcome', () => {
    const hanging: Target = () => ({ latencyMs: 1, outcome: null });
    const target: Target = (ms) => (ms > 20_000 ? hanging(ms) : well(ms));
    const { recovery } = simulateBurst(target).burst;
    expect(recovery).toMatchObject({ status: 'neverLeft' });
    expect(recovery.observedSeconds).toBeLessThanOrEqual(10);
  });

  it('knows it only to a window where windows are wide', () => {
    const target = brokenUntil(BURST_END_MS + 4000, FAULTS['never answers'] as Target);
    const { burst } = simulateBurst(target, { windowMs: 3000 });
    expect(burst.recovery.spanSeconds).toBe(3);
    expect(Math.abs((burst.recovery.seconds as number) - 4)).toBeLessThanOrEqual(3);
    expect(burst.notes.join()).toContain('Windows are 3 s wide');
  });

  it('is not determined without the stages that it is about, nor where the run is INVALID', () => {
    const stages = STAGES.map((stage) => ({ ...stage, name: `my-${stage.name}` }));
    expect(simulateBurst(well, { stages }).burst.recovery.why).toContain('no stages called burst');
    const invalid = simulateBurst(well, {
      stages: [
        ...STAGES,
        { ...STAGES[3], name: 'x', durationSeconds: 1, fromRate: 1, toRate: 9999 } as never,
      ],
    });
    expect(invalid.burst.recovery.status).not.toBe('recovered');
  });
});

describe('answerSpike: inside the burst and after', () => {
  it('takes success and p95 from the steps, and widens the interval for clustered failures', () => {
    const clustered: Target = (ms) =>
      ms >= 7000 && ms < 7500 ? { latencyMs: 3, outcome: 'serverError' } : well(ms);
    const spread: Target = (ms) =>
      ms >= 5000 && Math.floor(ms) % 9 === 0 ? { latencyMs: 3, outcome: 'serverError' } : well(ms);
    const one = simulateBurst(clustered).burst.success;
    const other = simulateBurst(spread).burst.success;
    expect(one?.ratio).toBeCloseTo(0.9, 1);
    expect(other?.ratio).toBeCloseTo(0.9, 1);
    const width = (interval: readonly number[] = []) => (interval[1] ?? 0) - (interval[0] ?? 0);
    expect(width(one?.interval)).toBeGreaterThan(2 * width(other?.interval));
  });

  it('counts what was not sent in the steps in which it was due', () => {
    const broken = brokenUntil(12_000, FAULTS['is throttled'] as Target);
    const report = simulateBurst(
      (ms) => {
        // The second time is in the last window that has a part of the burst.
        const isLost = (ms > 6000 && ms < 6500) || (ms > 10_200 && ms < 10_700);
        const lost = { latencyMs: 0, outcome: null, notSent: 'inFlight' } as const;
        return isLost ? lost : broken(ms);
      },
      { windowMs: 3000 },
    );
    const { lost, success } = report.burst;
    const sentIn = (...names: string[]) =>
      report.steps
        .filter(({ name }) => names.includes(name))
        .reduce((sum, { started }) => sum + started, 0);
    expect(lost.inBurst.dropped).toBe(30);
    expect(lost.after.dropped).toBe(10);
    expect(success?.offered).toBe(sentIn('jump', 'burst') + 30);
    expect(lost.after.total).toBe(lost.after.outcomes.throttled + 10);
  });

  it('fails a run whose burst misses the SLO that the calm around it hides', () => {
    const stages = STAGES.map((stage) =>
      stage.name === 'recovery'
        ? { ...stage, durationSeconds: 110, fromRate: 60, toRate: 60 }
        : stage,
    );
    const target: Target = (ms) =>
      ms >= 5000 && ms < 10_000 && Math.floor(ms) % 14 === 0
        ? { latencyMs: 3, outcome: 'serverError' }
        : well(ms);
    const { run, thresholds } = simulateBurst(target, { stages, windowMs: 2000 });
    expect(thresholds.find(({ name }) => name === 'success')?.ok).toBe(true);
    expect(run.verdict).toBe('fail');
    expect(run.reasons[0]).toMatch(/^Inside the burst success was 9\d/);
  });

  it('shows the debt with an interval, and none where there is none', () => {
    const jitter = (ms: number) => ((Math.floor(ms) * 2_654_435_761) % 1000) / 100;
    const target: Target = (ms) => ({
      latencyMs: (ms > BURST_END_MS ? 60 : 20) + jitter(ms),
      outcome: 'created',
    });
    const { leftOver } = simulateBurst(target).burst;
    expect(leftOver.debtMs).toBeCloseTo(40, -1);
    expect(leftOver.debtIntervalMs?.[0]).toBeGreaterThan(30);
    const none = simulateBurst((ms) => ({ latencyMs: 20 + jitter(ms), outcome: 'created' })).burst;
    expect(none.leftOver.debtIntervalMs?.[0]).toBeLessThanOrEqual(0);
    expect(none.leftOver.debtIntervalMs?.[1]).toBeGreaterThanOrEqual(0);
  });

  it('says all of it in words', () => {
    const report = simulateBurst(brokenUntil(12_000, FAULTS['never answers'] as Target));
    const [text] = answerTexts(report);
    expect(text?.question).toBe('Does it survive a burst, and how fast does it recover?');
    expect(text?.lines[0]).toMatch(
      /^The target met the SLO again \d\.\d s after the burst \(between \d\.\d and \d\.\d s\)\.$/,
    );
    expect(text?.tables?.[0]?.rows[1]).toEqual([
      'in the burst',
      '301',
      ...[1, 2, 3, 4].map(() => expect.any(String)),
      expect.stringMatching(/^18\d timed out$/),
    ]);
    expect(text?.tile).toMatchObject({
      label: 'Time to recover',
      value: expect.stringMatching(/^\d\.\d s$/),
    });
  });
});
