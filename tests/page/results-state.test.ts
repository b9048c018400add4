import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageText } from '../../lib/page/age-text.ts';
import { INITIAL_STATE, parseState, stateHash } from '../../lib/page/results-state.ts';

describe('the state in the address', () => {
  it('is the same after a link was followed, whatever the names', () => {
    const text = fc.string();
    const state = fc.record({
      ...{ search: text, scenario: text, profile: text, verdict: text },
      sort: fc.constantFrom('startedAt', 'p95Ms', 'run'),
      isDescending: fc.boolean(),
      picks: fc.array(text, { maxLength: 2 }),
      open: fc.array(text, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(state, (given) => {
        expect(parseState(`#${stateHash(given)}`)).toEqual(given);
      }),
    );
  });

  it('is empty at first, and no place on the page', () => {
    expect(stateHash(INITIAL_STATE)).toBe('');
    expect(parseState('')).toEqual(INITIAL_STATE);
    expect(parseState('#trends')).toBeNull();
  });

  it('keeps two picks of a link with more', () => {
    expect(parseState('#pick=a&pick=b&pick=c')?.picks).toEqual(['b', 'c']);
  });
});

it('says how long ago something was in its largest unit', () => {
  const age = (seconds: number) =>
    ageText('2026-01-01T00:00:00.000Z', Date.UTC(2026, 0, 1) + seconds * 1000);
  expect([0, 59, 60, 3599, 3600, 86_399, 86_400, 400 * 86_400].map(age)).toEqual([
    ...[
      'just now',
      'just now',
      '1 min ago',
      '59 min ago',
      '1 h ago',
      '23 h ago',
      '1 d ago',
      '1 y ago',
    ],
  ]);
});
