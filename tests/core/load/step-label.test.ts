import { expect, it } from 'vitest';
import { stepLabel } from '../../../lib/core/load/step-label.ts';

it.each([
  ['step-12', 'step 12'],
  ['refine-1', 'refinement 1'],
  ['baseline', 'baseline'],
  ['my-step-1', 'my-step-1'],
  ['step-3-settling', 'step 3, settling'],
  ['r2-a-settling', 'round 2, A, settling'],
  ['r2-b', 'round 2, B'],
  ['warm-settling', 'warm-settling'],
])('calls %s %s', (name, label) => expect(stepLabel(name)).toBe(label));
