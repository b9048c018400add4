import { expect, it } from 'vitest';
import { stepLabel } from '../../../lib/core/load/step-label.ts';

it.each([
  ['step-12', 'step 12'],
  ['refine-1', 'refinement 1'],
  ['baseline', 'baseline'],
  ['my-step-1', 'my-step-1'],
])('calls %s %s', (name, label) => expect(stepLabel(name)).toBe(label));
