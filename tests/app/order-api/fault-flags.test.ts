import { expect, it } from 'vitest';
import { parseOrderApiFlags } from '../../../lib/app/order-api/order-api-flags.ts';
import { NO_FAULTS } from '../../../order-api/config/fault-config.ts';

const faultsOf = (flags: string) => parseOrderApiFlags(flags.split(' '))?.config.faults;

it('puts every fault into the configuration', () => {
  const flags =
    '--slower 1.1 --drift-percent-per-hour 5 --store-latency-ms 20 --store-error-ratio 0.1 ' +
    '--store-throttle-ratio 0.2 --drop-response-ratio 0.3 --kill-environment-ratio 0.4 ' +
    '--queue --duplicate-delivery-ratio 0.5 --poison-ratio 0.6 --leak-mb-per-hour 7';
  expect(faultsOf(flags)).toEqual({
    slower: 1.1,
    driftPercentPerHour: 5,
    storeLatencyMs: 20,
    storeErrorRatio: 0.1,
    storeThrottleRatio: 0.2,
    dropResponseRatio: 0.3,
    killEnvironmentRatio: 0.4,
    duplicateDeliveryRatio: 0.5,
    poisonRatio: 0.6,
    leakMbPerHour: 7,
  });
  expect(faultsOf('--port 0')).toEqual(NO_FAULTS);
});

it.each([
  '--slower 0',
  '--slower much',
  '--drift-percent-per-hour -1',
  '--store-latency-ms -1',
  '--store-error-ratio 1.1',
  '--store-error-ratio 0.6 --store-throttle-ratio 0.6',
  '--drop-response-ratio 30%',
  '--kill-environment-ratio -0.1',
  '--duplicate-delivery-ratio 0.1',
  '--poison-ratio 0.1',
  '--queue --poison-ratio 1.1',
  '--queue --max-receive-count 1 --duplicate-delivery-ratio 0.1',
])('refuses `%s` in one line', (flags) => {
  expect(() => faultsOf(flags)).toThrow(
    expect.objectContaining({
      code: 'E_USAGE',
      exitCode: 2,
      message: expect.stringMatching(/^.+ \(see --help\)$/),
    }),
  );
});
