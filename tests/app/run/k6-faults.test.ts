import { expect, it } from 'vitest';
import { k6Faults } from '../../../lib/app/run/k6-faults.ts';

it('repeats what k6 said last where it failed, and what is wrong with its log', () => {
  const said = { lastError: 'no such thing', logFault: null };
  expect(k6Faults({ ...said, exitCode: 107 })).toEqual(['k6 said   no such thing']);
  expect(k6Faults({ ...said, exitCode: 0 })).toEqual([]);
  const logFault = 'k6.log is incomplete: ENOSPC';
  expect(k6Faults({ exitCode: 0, lastError: null, logFault })).toEqual([logFault]);
});
