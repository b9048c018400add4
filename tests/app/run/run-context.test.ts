import { expect, it } from 'vitest';
import { embeddedOrderApi } from '../../../lib/app/run/embedded-order-api.ts';
import { runContext } from '../../../lib/app/run/run-context.ts';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

function hashOf(flags: Record<string, string>, run: string, target: string): string {
  const config = resolveConfig({
    questions: QUESTION_PROFILES,
    scenario: 'steady',
    flags,
    env: {},
    file: null,
  });
  return runContext({
    config,
    plan: resolvePlan(config, { run, target }).plan,
    embedded: embeddedOrderApi(config),
    embeddedB: null,
    execution: {
      k6: {
        ...{ exitCode: 0, signal: null, exceptions: [], lastError: null, logFault: null },
        telemetryFaults: [],
        handedOver: [],
        failures: [],
      },
      heldBack: { quotaMs: null, pressureShare: null },
      nameServerFailed: false,
      usage: { cpuSeconds: null, peakRssBytes: null, peakCpuShare: null, saturatedMs: null },
      ...{ runners: [], telemetryFaults: [], abortReason: null, exact: undefined },
    },
    ...{ startedAt: new Date(0), endedAt: new Date(1), interrupted: false, gitCommit: null },
    ...{ suiteVersion: '0', k6Version: '2.2.0', hostCpus: 2 },
  }).configHash;
}

it('hashes what makes two runs the same, not their ids or the port of the embedded API', () => {
  const hash = hashOf({}, 'a', 'http://127.0.0.1:1');
  expect(hashOf({}, 'b', 'http://127.0.0.1:2')).toBe(hash);
  expect(hashOf({ rate: '7' }, 'a', 'http://127.0.0.1:1')).not.toBe(hash);
  expect(hashOf({ deployment: 'naive-128' }, 'a', 'http://127.0.0.1:1')).not.toBe(hash);
  expect(hashOf({ target: 'http://127.0.0.1:1' }, 'a', '')).not.toBe(hash);
});
