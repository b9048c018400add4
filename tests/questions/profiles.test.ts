import { describe, expect, it } from 'vitest';
import { PROFILE_NAMES } from '../../lib/core/load/load-plan.ts';
import { profileOf } from '../../lib/core/load/question-profile.ts';
import { durationSeconds, peakRate } from '../../lib/core/load/stages.ts';
import { QUESTION_NAMES, QUESTION_PROFILES } from '../../lib/questions/registry.ts';

const all = QUESTION_NAMES.flatMap((scenario) =>
  PROFILE_NAMES.map((profile) => [scenario, profile] as const),
);

describe.each(all)('%s %s', (scenario, profile) => {
  const { stages: byProfile, slo, requestTimeoutMs } = profileOf(QUESTION_PROFILES, scenario);
  const stages = byProfile[profile];

  it('names each step once and loads in each', () => {
    expect(new Set(stages.map(({ name }) => name)).size).toBe(stages.length);
    for (const stage of stages) {
      expect(stage.durationSeconds).toBeGreaterThan(0);
      expect(Math.min(stage.fromRate, stage.toRate)).toBeGreaterThan(0);
    }
  });

  it('has a latency SLO that a timeout can miss', () => {
    expect(slo.p95Ms).toBeLessThan(requestTimeoutMs);
    expect(slo.successRatio).toBeLessThanOrEqual(1);
  });
});

it.each([
  ['smoke', 8, 2],
  ['steady', 60, 50],
  ['ramp', 120, 200],
  ['spike', 45, 100],
  ['soak', 1800, 20],
  ['breakpoint', 180, 500],
])('%s at standard takes %d s and peaks at %d/s', (scenario, seconds, peak) => {
  const stages = profileOf(QUESTION_PROFILES, scenario).stages.standard;
  expect(durationSeconds(stages)).toBe(seconds);
  expect(peakRate(stages)).toBe(peak);
});

it('warms up only where the first contact is not part of the question', () => {
  const warming = all.filter(
    ([scenario, profile]) => profileOf(QUESTION_PROFILES, scenario).warmupSeconds?.[profile],
  );
  expect(warming.map(([scenario, profile]) => `${scenario} ${profile}`)).toEqual([
    'steady long',
    'soak quick',
    'soak standard',
    'soak long',
  ]);
});

it('spaces what is compared evenly, and draws what a crowd would do', () => {
  const drawn = all.filter(([scenario]) => {
    const { kind } = profileOf(QUESTION_PROFILES, scenario).arrivals;
    expect(['even', 'poisson']).toContain(kind);
    return kind === 'poisson';
  });
  expect(drawn).toEqual(
    all.filter(([scenario]) => ['ramp', 'breakpoint', 'spike', 'soak'].includes(scenario)),
  );
});

it.each(['black-friday', 'constructor'])('starts %s from the shape of steady', (name) => {
  expect(profileOf(QUESTION_PROFILES, name).name).toBe('steady');
});
