import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../lib/core/compare/compare-settings.ts';
import { metricSentence } from '../../../lib/core/compare/metric-sentence.ts';

const noisy = (smallestDetectable: number) =>
  metricSentence(
    {
      ...{ metric: 'p99', verdict: 'inconclusive', gated: true, why: 'too-noisy' },
      ...{
        a: 20,
        b: 28,
        effect: 0.4,
        decisive: null,
        interval: [-0.9, 30],
        pValue: 0.8,
        adjustedPValue: 1,
      },
      ...{ smallestDetectable, runsNeeded: 167 },
    },
    'single',
    DEFAULT_SETTINGS,
  );

it('says from where on a change is seen, as long as that is of any use', () => {
  expect(noisy(0.457)).toContain('the smallest detectable change is about 45.7%');
  expect(noisy(241.86)).toContain('even a tenfold change would go undetected');
  expect(noisy(241.86)).not.toContain('24186');
});
