import type { Capacity } from '../../lib/questions/ramp/schema.ts';
import type { QueueServerPlan } from './queue-server.ts';

/** An order API of known capacity, and the ramp that must find it. */
export interface CapacitySetting {
  readonly name: string;
  /** Flags of `npm run order-api`, or a server of the bench itself. */
  readonly server: { readonly target: readonly string[] } | { readonly queue: QueueServerPlan };
  /**
   * Number of concurrent orders: divided by their measured duration, it is the capacity for evenly spaced orders; for
   * random arrivals the capacity is less, by Erlang's formula. Or a known rate.
   */
  readonly truth: { readonly servers: number } | { readonly ratePerSecond: number };
  readonly arrivals: 'even' | 'poisson';
  /** Largest allowed error of the answer, as a share of the truth. */
  readonly tolerance: number;
  /** Arguments of `npm run load:ramp`. */
  readonly args: readonly string[];
  readonly expected: { readonly status: Capacity['status']; readonly limit: Capacity['limit'] };
}

const target = (flags: string) => ({
  target: ['--store', 'memory', '--work-ms', '0', '--init-ms', '100', ...flags.split(' ')],
});
const ramp = (peak: number, more = '') =>
  `ramp --profile quick --duration 32s --rate ${peak} --refine 8 --arrivals even ${more}`
    .trim()
    .split(' ');
/**
 * Steps of a minute: in shorter ones, the share of refused orders would differ more from one in a hundred by chance.
 */
const randomRamp = (peak: number, slo: string) =>
  `ramp --profile quick --duration 240s --rate ${peak} --refine 8 --slo-p95 ${slo} --arrivals poisson`.split(
    ' ',
  );
const EVEN = { arrivals: 'even', tolerance: 0.05 } as const;
const AT_RANDOM = { arrivals: 'poisson', tolerance: 0.07 } as const;
const expectedAt = (limit: Capacity['limit']) => ({ status: 'determined', limit }) as const;

/**
 * Durations are long, so that a stall of this machine by some ms is small compared with the time between two arrivals
 * at one order in a hundred below c/d.
 */
export const CAPACITY_SETTINGS: readonly CapacitySetting[] = [
  {
    name: 'reserved concurrency 40, 400 ms',
    ...EVEN,
    server: target('--reserved-concurrency 40 --io-ms 400'),
    truth: { servers: 40 },
    args: ramp(160, '--slo-p95 1s'),
    expected: expectedAt('throttled'),
  },
  {
    name: 'reserved concurrency 100, 2 s',
    ...EVEN,
    server: target('--reserved-concurrency 100 --io-ms 2000'),
    truth: { servers: 100 },
    args: ramp(90, '--slo-p95 3s'),
    expected: expectedAt('throttled'),
  },
  {
    name: 'reserved concurrency 200, 2 s',
    ...EVEN,
    server: target('--reserved-concurrency 200 --io-ms 2000'),
    truth: { servers: 200 },
    args: ramp(170, '--slo-p95 3s'),
    expected: expectedAt('throttled'),
  },
  {
    name: 'reserved concurrency 50, 1 s',
    ...EVEN,
    server: target('--reserved-concurrency 50 --io-ms 1000'),
    truth: { servers: 50 },
    args: ramp(90, '--slo-p95 2s'),
    expected: expectedAt('throttled'),
  },
  {
    name: 'reserved concurrency 20, 200 ms',
    ...EVEN,
    server: target('--reserved-concurrency 20 --io-ms 200'),
    truth: { servers: 20 },
    args: ramp(160, '--slo-p95 1s'),
    expected: expectedAt('throttled'),
  },
  {
    name: 'account concurrency 48, 800 ms',
    ...EVEN,
    server: target('--account-concurrency 48 --io-ms 800'),
    truth: { servers: 48 },
    args: ramp(100, '--slo-p95 2s'),
    expected: expectedAt('throttled'),
  },
  {
    name: 'gateway limit of 60/s',
    ...EVEN,
    server: target('--gateway-rate 60 --gateway-burst 5 --io-ms 50'),
    truth: { ratePerSecond: 60 },
    args: ramp(100),
    expected: expectedAt('throttled'),
  },
  {
    name: 'REST API, reserved concurrency 30, 500 ms',
    ...EVEN,
    server: target('--gateway rest --reserved-concurrency 30 --io-ms 500'),
    truth: { servers: 30 },
    // The client only sees status 500; the platform's own count shows the cause.
    args: ramp(100, '--slo-p95 1s --lens local'),
    expected: expectedAt('throttled'),
  },
  {
    name: '100 connections of 2 s, then 500',
    ...EVEN,
    server: { queue: { servers: 100, serviceMs: 2000, whenBusy: 'fail' } },
    truth: { servers: 100 },
    args: ramp(90, '--slo-p95 3s'),
    expected: expectedAt('errors'),
  },
  {
    name: 'queue before 25 servers of 500 ms',
    ...EVEN,
    server: { queue: { servers: 25, serviceMs: 500, whenBusy: 'wait' } },
    truth: { servers: 25 },
    args: ramp(85, '--slo-p95 600'),
    expected: expectedAt('latency'),
  },
  {
    name: '30 in flight against 500 ms',
    ...EVEN,
    server: { queue: { servers: 1000, serviceMs: 500, whenBusy: 'wait' } },
    truth: { servers: 30 },
    args: ramp(100, '--max-in-flight 30 --slo-p95 1s'),
    expected: { status: 'notDetermined', limit: 'generator' },
  },
  {
    name: 'random arrivals, reserved concurrency 20, 100 ms',
    ...AT_RANDOM,
    server: target('--reserved-concurrency 20 --io-ms 100'),
    truth: { servers: 20 },
    args: randomRamp(240, '1s'),
    expected: expectedAt('throttled'),
  },
  {
    name: 'random arrivals, reserved concurrency 40, 200 ms',
    ...AT_RANDOM,
    server: target('--reserved-concurrency 40 --io-ms 200'),
    truth: { servers: 40 },
    args: randomRamp(280, '1s'),
    expected: expectedAt('throttled'),
  },
  {
    name: 'random arrivals, reserved concurrency 100, 500 ms',
    ...AT_RANDOM,
    server: target('--reserved-concurrency 100 --io-ms 500'),
    truth: { servers: 100 },
    args: randomRamp(320, '2s'),
    expected: expectedAt('throttled'),
  },
];
