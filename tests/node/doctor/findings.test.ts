import { describe, expect, it } from 'vitest';
import { type DoctorFinding, renderFindings, wouldRun } from '../../../lib/node/doctor/finding.ts';
import { diskFinding } from '../../../lib/node/doctor/folder-findings.ts';
import { k6Finding } from '../../../lib/node/doctor/k6-finding.ts';
import { capacityFindings, nodeFinding } from '../../../lib/node/doctor/machine-findings.ts';

describe('nodeFinding', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['20.20.2', 'ok'],
    ['24.1.0', 'ok'],
    ['100.0.0', 'ok'],
    ['20.9.0', 'missing'],
    ['18.20.4', 'missing'],
  ])('%s is %s for >=20.19.0', (version, status) => {
    expect(nodeFinding(version, '>=20.19.0').status).toBe(status);
  });
});

describe('capacityFindings', () => {
  it('warns of one core and of little memory', () => {
    expect(capacityFindings(1, 5e8).map(({ status }) => status)).toEqual(['warn', 'warn']);
    expect(capacityFindings(2, 8e9).map(({ status }) => status)).toEqual(['ok', 'ok']);
  });
});

describe('diskFinding', () => {
  it.each([
    [5e7, 'missing'],
    [5e8, 'warn'],
    [5e9, 'ok'],
  ])('%d bytes: %s', (bytes, status) => {
    expect(diskFinding(bytes).status).toBe(status);
  });
});

describe('k6Finding', () => {
  const nothing = {
    found: undefined,
    cacheProblem: undefined,
    downloadProblem: 'no network',
    goProblem: 'no go',
    pinnedVersion: '2.2.0',
  };
  it.each([
    [{ found: { path: '/k6', version: '2.2.0', source: 'PATH' }, cacheProblem: 'EROFS' }, 'ok'],
    [{ cacheProblem: 'EROFS', downloadProblem: undefined, goProblem: undefined }, 'missing'],
    [{ downloadProblem: undefined }, 'ok'],
    [{ goProblem: undefined }, 'warn'],
    [{}, 'missing'],
  ])('with %j: %s', (ways, status) => {
    expect(k6Finding({ ...nothing, ...ways }).status).toBe(status);
  });
});

describe('renderFindings', () => {
  const optional: DoctorFinding = {
    name: 'go',
    status: 'missing',
    isRequired: false,
    detail: 'none',
  };
  const required: DoctorFinding = { ...optional, name: 'k6', isRequired: true, mend: 'install it' };

  it('has a run fail only for what it needs', () => {
    expect(wouldRun([optional])).toBe(true);
    expect(wouldRun([optional, required])).toBe(false);
    expect(renderFindings([optional, required], false)).toBe(
      'missing  go  none (optional)\nmissing  k6  none; to fix it: install it\n' +
        'A run would not work; fix this first: k6\n',
    );
  });
});
