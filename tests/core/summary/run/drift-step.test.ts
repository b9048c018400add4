import { expect, it } from 'vitest';
import { nextSteps } from '../../../../lib/core/summary/run/next-steps.ts';
import {
  driftOfSimulatedSoak,
  type SimulatedSoak,
} from '../../../../studies/drift/simulated-soak.ts';
import { sampleReport } from '../../report/sample-run.ts';

function firstStep(soak: Partial<SimulatedSoak>): string | undefined {
  const shape = { seed: 1, hours: 4, ratePerSecond: 2, driftPercentPerHour: 0, ...soak };
  const report = sampleReport({}, { plan: { scenario: 'soak' } });
  return nextSteps({ ...report, answers: { drift: driftOfSimulatedSoak(shape) } })[0]?.text;
}

it('looks for what grows only where a measure clearly becomes worse', () => {
  expect(firstStep({ driftPercentPerHour: 8 })).toMatch(/^Look for what grows/);
  expect(firstStep({ driftPercentPerHour: -8 })).not.toMatch(/^Look for what grows/);
  const steep = { hours: 1 / 60, ratePerSecond: 40, driftPercentPerHour: 30_000 };
  expect(firstStep(steep)).toBe('Run longer to see a drift');
});
