import { expect, it } from 'vitest';
import {
  connectionFindings,
  cpuQuotaFinding,
  systemFinding,
} from '../../../lib/node/doctor/limit-findings.ts';
import { proxyFinding } from '../../../lib/node/doctor/machine-findings.ts';

it('warns of few descriptors and of few local ports, each with what to do', () => {
  const [few, narrow] = connectionFindings({ descriptors: 256, localPorts: 1000 });
  expect(few).toMatchObject({ status: 'warn', detail: expect.stringMatching(/^256 /) });
  expect(few?.mend).toContain('ulimit -n');
  expect(narrow).toMatchObject({ status: 'warn', mend: expect.stringContaining('sysctl') });
  for (const limits of [
    { descriptors: 65_536, localPorts: 28_232 },
    { descriptors: null, localPorts: null },
  ]) {
    expect(connectionFindings(limits).map(({ status }) => status)).toEqual(['ok', 'ok']);
  }
});

it('warns of a quota below two CPUs', () => {
  expect(cpuQuotaFinding(0.5)).toMatchObject({
    status: 'warn',
    detail: '0.5 CPUs allowed by a cgroup',
  });
  expect(cpuQuotaFinding(2).status).toBe('ok');
  expect(cpuQuotaFinding(null).status).toBe('ok');
});

it('says that Windows itself is none of the systems', () => {
  expect(systemFinding('win32')).toMatchObject({ status: 'missing', isRequired: true });
  expect(systemFinding('win32').mend).toContain('WSL');
  expect(systemFinding('darwin').status).toBe('ok');
});

it('knows a proxy that is none', () => {
  expect(proxyFinding({ HTTP_PROXY: 'http://:bad:' }).mend).toContain('HTTP_PROXY is not a URL');
  expect(proxyFinding({ HTTP_PROXY: 'proxy:3128' }).mend).toContain('NO_PROXY');
});
