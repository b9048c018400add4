import { expect, it } from 'vitest';
import { renderPlannedCost } from '../../../lib/core/render/planned-cost.ts';
import { samplePlan } from '../report/sample-run.ts';

const NOTHING = { memoryMb: null, architecture: null, gateway: 'http' as const };

it('says what a plan costs on AWS, and what that assumes', () => {
  const known = { memoryMb: 1024, architecture: 'x86' as const, gateway: 'http' as const };
  // 1,000 orders: $0.001825 for requests and writes, 50 GB-s.
  expect(renderPlannedCost(samplePlan(), known, false)).toBe(
    'cost      $0 locally; about $0.0027 on AWS (prices of 2026-11-23; a handler of 50 ms on average, no INIT of cold starts)',
  );
  expect(renderPlannedCost(samplePlan(), { ...known, architecture: 'arm' }, false)).toContain(
    'about $0.0025 on AWS',
  );
});

it('says of a function on AWS that its memory and its processor are assumed too', () => {
  expect(renderPlannedCost(samplePlan(), NOTHING, true)).toBe(
    'cost      about $0.0022 (prices of 2026-11-23; a handler of 50 ms on average, a function of 512 MB, the price of x86, no INIT of cold starts)',
  );
});
