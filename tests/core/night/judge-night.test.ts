import { describe, expect, it } from 'vitest';
import {
  afterRun,
  countedRuns,
  nightExitCode,
  nightHeadline,
} from '../../../lib/core/night/judge-night.ts';
import type { Night, NightRun, Suspicion } from '../../../lib/core/night/night.ts';
import { nightPlan, stepEnv } from '../../../lib/core/night/night-plan.ts';
import { renderNight } from '../../../lib/core/night/render-night.ts';
import { confirmedOf, openScenarios } from '../../../lib/core/night/suspicions.ts';

function run(
  scenario: NightRun['scenario'],
  exitCode: number | null,
  purpose: NightRun['purpose'] = 'first',
): NightRun {
  const verdict = exitCode === 0 ? 'pass' : exitCode === 3 ? 'invalid' : 'fail';
  const figures = { successRatio: 0.999, p95Ms: 12, target: 'my | target @octocat' };
  return {
    scenario,
    exitCode,
    purpose,
    folder: `${scenario}/1`,
    report: { run: 'r', verdict, reason: 'why_so', ...figures },
  };
}

const SUSPECTED: Suspicion = {
  scenario: 'steady',
  metric: 'p95',
  from: 'compare',
  sentence: 'p95 rose',
};

function night(runs: readonly NightRun[], more: Partial<Night> = {}): Night {
  return {
    nightVersion: '1.0',
    startedAt: '2026-11-23T02:17:00.000Z',
    commit: null,
    runs,
    comparison: { notMade: 'the history was empty' },
    trends: [],
    noTrend: null,
    suspected: [],
    confirmed: [],
    lookBackExitCode: null,
    interruptedExitCode: null,
    notRun: [],
    ...more,
  };
}

it('runs smoke, steady as often as asked, spike and soak', () => {
  const steps = nightPlan({ quick: false, repeats: 5 });
  expect(steps.map(({ scenario, runs }) => `${scenario} ${runs}`)).toEqual([
    'smoke 1',
    'steady 5',
    'spike 1',
    'soak 1',
  ]);
});

it('gives every step the target and its secrets, and only steady a rate', () => {
  const env = { BASE_URL: 'u', KEY: 'k', LOAD_RATE: '9', LOAD_OUT: 'o', LOAD_JSON: '1' };
  expect(stepEnv(env, 'spike')).toEqual({ BASE_URL: 'u', KEY: 'k' });
  expect(stepEnv(env, 'steady')).toEqual({ BASE_URL: 'u', KEY: 'k', LOAD_RATE: '9' });
});

it.each([
  ['a pass', run('steady', 0), false, 'next'],
  ['a missed service level', run('steady', 1), false, 'next'],
  ['a broken contract', run('smoke', 1), false, 'end'],
  ['an INVALID run', run('steady', 3), false, 'again'],
  ['an INVALID run again', run('steady', 3, 'again'), true, 'end'],
  ['an unreachable target', run('spike', 4), false, 'end'],
  ['a wrong option', run('smoke', 2), false, 'end'],
  ['a killed run', run('spike', null), false, 'end'],
] as const)('after %s', (_, ended, wasTriedBefore, next) => {
  expect(afterRun(ended, wasTriedBefore)).toBe(next);
});

describe('exit code', () => {
  it.each<[string, Night, number]>([
    ['all passed', night([run('smoke', 0), run('steady', 0)]), 0],
    ['a service level was missed', night([run('steady', 1), run('soak', 0)]), 1],
    ['INVALID, then a pass', night([run('steady', 3), run('steady', 0, 'again')]), 0],
    ['INVALID twice', night([run('steady', 3), run('steady', 3, 'again')]), 3],
    [
      'missed, then INVALID twice',
      night([run('steady', 1), run('soak', 3), run('soak', 3, 'again')]),
      1,
    ],
    ['unreachable after a miss', night([run('steady', 1), run('soak', 4)]), 4],
    ['killed', night([run('steady', null)]), 4],
    [
      'a regression that came again',
      night([run('steady', 0)], { suspected: [SUSPECTED], confirmed: [SUSPECTED] }),
      1,
    ],
    [
      'a regression that did not',
      night([run('steady', 0)], { suspected: [SUSPECTED], confirmed: [] }),
      0,
    ],
    [
      'a rerun that did not end',
      night([run('steady', 0)], { suspected: [SUSPECTED], confirmed: null }),
      3,
    ],
    ['an interrupted night', night([run('steady', 0)], { interruptedExitCode: 130 }), 130],
    ['a look back that failed', night([run('steady', 0)], { lookBackExitCode: 4 }), 4],
    ['a miss, and a look back that failed', night([run('steady', 1)], { lookBackExitCode: 4 }), 1],
  ])('%s', (_, given, exitCode) => {
    expect(nightExitCode(given)).toBe(exitCode);
  });
});

it('leaves out an INVALID run that was made again', () => {
  const again = run('steady', 0, 'again');
  expect(countedRuns([run('steady', 3), again])).toEqual([again]);
});

it('confirms only the same metric of the same scenario', () => {
  expect(confirmedOf([SUSPECTED], [{ ...SUSPECTED, from: 'trend' }])).toEqual([SUSPECTED]);
  expect(confirmedOf([SUSPECTED], [{ ...SUSPECTED, metric: 'p50' }])).toEqual([]);
  expect(confirmedOf([SUSPECTED], [{ ...SUSPECTED, scenario: 'soak' }])).toEqual([]);
});

it('leaves open what the rerun did not show again, or what was not run again', () => {
  const soak: Suspicion = { ...SUSPECTED, scenario: 'soak', from: 'trend' };
  const suspected = [SUSPECTED, soak];
  expect(openScenarios({ suspected, confirmed: [SUSPECTED] })).toEqual(['soak']);
  expect(openScenarios({ suspected, confirmed: null })).toEqual(['steady', 'soak']);
  expect(openScenarios({ suspected, confirmed: suspected })).toEqual([]);
});

it('says where looking back failed', () => {
  const interrupted = night([run('steady', 0)], { interruptedExitCode: 130 });
  expect(renderNight(interrupted)).toMatch(/^# ✕ exit code 130: interrupted; /);
  const failed = night([run('steady', 0)], { lookBackExitCode: 4 });
  expect(nightHeadline(failed)).toContain('looking back failed (exit code 4');
});

it('does not say that nothing got worse where that was not compared', () => {
  expect(nightHeadline(night([run('steady', 0)]))).toContain('cannot be said yet');
});

it('says what to do next beside the reason of a run that failed', () => {
  const failed = run('steady', 1);
  const report = failed.report && { ...failed.report, next: 'Raise the *limit*' };
  expect(renderNight(night([{ ...failed, report }]))).toContain(
    '- steady/1: why&#95;so **Next:** Raise the &#42;limit&#42;.',
  );
});

it('sums a night up in Markdown that no text of the target breaks', () => {
  const text = renderNight(
    night([run('smoke', 0), run('steady', 1)], {
      suspected: [SUSPECTED],
      confirmed: [],
      notRun: ['soak'],
    }),
  );
  expect(text.split('\n')[0]).toBe('# ✕ FAIL: steady missed a service level or the contract');
  expect(text).toContain('| steady | ✕ FAIL | 99.9% | 12 ms | [steady/1](steady/1/report.html) |');
  expect(text).toContain('| soak | not run |');
  expect(text).toContain('my &#124; target &#64;&#8203;octocat');
  expect(text).toContain('- steady/1: why&#95;so');
  expect(text).toContain('Not made: the history was empty.');
  expect(text).toContain('The rerun did not show it again');
});
