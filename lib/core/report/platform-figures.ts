import type {
  FunctionFigure,
  FunctionReading,
  MemoryGauge,
  PlatformBlind,
  PlatformGauge,
  PlatformReading,
} from '../lambda/platform-reading.ts';
import { absentFigure, derivedFigure, measuredOrAbsent } from './figure.ts';
import { formatCount, groupDigits } from './format-figure.ts';
import type { Report } from './schema/report-schema.ts';

type PlatformView = NonNullable<Report['lambda']['platform']>;
type FunctionView = PlatformView['function'];
type Agreement = PlatformView['agreement'][number];

/** The client's counts, to be compared with the platform's own. */
export interface ClientCounts {
  /** Null if no response carried the handler's headers. */
  readonly coldStarts: number | null;
  readonly throttles: number;
  /** Orders that the API said it had stored, or accepted. */
  readonly stored: number;
  /** Orders whose response the client never saw: timeouts, broken connections, unresolved ones. */
  readonly unseen: number;
  /** 5xx responses that did not come from a handler; refusals may hide among them. */
  readonly platformRejected: number;
  /** Requests of the suite that are excluded from all figures, such as "the warm-up"; null for none. */
  readonly unmeasured: string | null;
  readonly loadedMs: number;
}

/** The platform's side of a run. */
export function platformFigures(
  reading: PlatformReading | PlatformBlind,
  client: ClientCounts,
): PlatformView {
  if ('problem' in reading) return blindView(reading, client);
  const { lens, source, functions, missing = {} } = reading;
  const [entry, ...others] = functions;
  const doubt = doubtOf(entry, client, source);
  const notes = doubt === null ? reading.notes : [doubt, ...reading.notes];
  const view = (one: FunctionReading) => functionView(one, source, null, client.loadedMs);
  const figure = (name: keyof typeof missing, unit: string) =>
    measuredOrAbsent(reading[name], unit, {
      measured: source,
      absent: missing[name] ?? NOT_REPORTED,
    });
  return {
    lens,
    source,
    problem: null,
    notes,
    function: functionView(entry, source, doubt, client.loadedMs),
    otherFunctions: others
      .filter(({ invocations, isSilent }) => invocations !== 0 && !isSilent)
      .map(view),
    gatewayThrottles: figure('gatewayThrottles', 'requests'),
    storedOrders: figure('storedOrders', 'orders'),
    agreement: [
      coldStartAgreement(client, entry.coldStarts, whyMissing(entry, 'coldStarts', doubt)),
      throttleAgreement(
        client,
        entry.throttles === null ? null : entry.throttles + (reading.gatewayThrottles ?? 0),
        whyMissing(entry, 'throttles', doubt),
      ),
    ],
  };
}

/** Why a figure is absent if the lens gave no reason. */
export const NOT_REPORTED = 'the platform does not report it';

/** What is wrong where orders were stored but the platform knows nothing of the function that takes them; else null. */
function doubtOf(
  { name, isSilent }: FunctionReading,
  { stored }: ClientCounts,
  source: string,
): string | null {
  if (!isSilent || stored === 0) return null;
  return `${source} have nothing of ${name}, although ${formatCount(stored, 'order')} were stored: the function’s name or the region is probably wrong`;
}

function whyMissing(
  { missing = {} }: FunctionReading,
  figure: FunctionFigure,
  doubt: string | null,
): string {
  return doubt ?? missing[figure] ?? NOT_REPORTED;
}

/** The gauges of the entry function for a span of time; undefined if there are none. */
export function windowPlatform(
  gauges: readonly PlatformGauge[],
  startMs: number,
  lengthMs: number,
): Report['windows'][number]['platform'] {
  const inside = gaugesInside(gauges, startMs, lengthMs);
  if (inside.length === 0) return undefined;
  const known = (pick: (gauge: PlatformGauge) => number | null) =>
    inside.flatMap((gauge) => pick(gauge) ?? []);
  const sum = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
  const levels = known((gauge) => gauge.concurrency);
  return {
    concurrency: levels.length === 0 ? null : Math.max(...levels),
    coldStarts: sum(known((gauge) => gauge.coldStarts)),
    throttles: sum(known((gauge) => gauge.throttles)),
  };
}

/** The most memory that an environment of the entry function used in a span of time, in MB, or null. */
export function windowMemoryMb(
  gauges: readonly MemoryGauge[],
  startMs: number,
  lengthMs: number,
): number | null {
  const inside = gaugesInside(gauges, startMs, lengthMs);
  return inside.length === 0 ? null : Math.max(...inside.map(({ maxUsedMb }) => maxUsedMb));
}

function gaugesInside<T extends Pick<PlatformGauge, 'startMs' | 'lengthMs'>>(
  gauges: readonly T[],
  startMs: number,
  lengthMs: number,
): T[] {
  return gauges.filter((gauge) => {
    const middleMs = gauge.startMs + gauge.lengthMs / 2;
    // The sum of a minute tells nothing about a second in it.
    return gauge.lengthMs <= lengthMs && middleMs >= startMs && middleMs < startMs + lengthMs;
  });
}

function functionView(
  one: FunctionReading,
  measured: string,
  doubt: string | null,
  loadedMs: number,
): FunctionView {
  const figure = (name: FunctionFigure, unit: string) =>
    measuredOrAbsent(one[name], unit, { measured, absent: whyMissing(one, name, doubt) });
  return {
    name: one.name,
    invocations: figure('invocations', 'calls'),
    coldStarts: figure('coldStarts', 'cold starts'),
    throttles: figure('throttles', 'calls'),
    throttlesByReason: one.throttlesByReason,
    peakConcurrency: figure('peakConcurrency', 'environments'),
    concurrency:
      one.busyMs === null || loadedMs === 0
        ? absentFigure(
            'environments',
            one.busyMs === null ? whyMissing(one, 'busyMs', doubt) : 'no order was sent',
          )
        : derivedFigure(
            one.busyMs / loadedMs,
            'environments',
            'environments × time in use / loaded time',
          ),
    billedMs: figure('billedMs', 'ms'),
    billedGbSeconds: figure('billedGbSeconds', 'GB-s'),
  };
}

function blindView({ lens, problem }: PlatformBlind, client: ClientCounts): PlatformView {
  const nothing: FunctionReading = {
    name: '',
    invocations: null,
    coldStarts: null,
    throttles: null,
    throttlesByReason: {},
    peakConcurrency: null,
    busyMs: null,
    billedMs: null,
    billedGbSeconds: null,
    gauges: [],
    memory: [],
  };
  return {
    lens,
    source: 'nothing could be read',
    problem,
    notes: [problem],
    function: functionView(nothing, '', problem, 0),
    otherFunctions: [],
    gatewayThrottles: absentFigure('requests', problem),
    storedOrders: absentFigure('orders', problem),
    agreement: [
      coldStartAgreement(client, null, problem),
      throttleAgreement(client, null, problem),
    ],
  };
}

function coldStartAgreement(
  client: ClientCounts,
  platform: number | null,
  missing: string,
): Agreement {
  return agreement('coldStarts', 'cold starts', client.coldStarts, platform, client, [
    ...(client.coldStarts === null ? ['no response carried the handler’s headers'] : []),
    ...(platform === null ? [missing] : []),
  ]);
}

function throttleAgreement(
  client: ClientCounts,
  platform: number | null,
  missing: string,
): Agreement {
  return agreement('throttles', 'throttles', client.throttles, platform, client, [
    ...(platform === null ? [missing] : []),
    ...(client.platformRejected > 0
      ? [
          `${formatCount(client.platformRejected, 'response')} of the gateway did not state a reason`,
        ]
      : []),
  ]);
}

function agreement(
  what: Agreement['what'],
  name: string,
  client: number | null,
  platform: number | null,
  { unseen, unmeasured }: ClientCounts,
  hints: readonly string[],
): Agreement {
  const comparable = client !== null && platform !== null && unmeasured === null;
  const agree = comparable ? client === platform : null;
  const explained = [
    ...hints,
    ...(unmeasured === null ? [] : [`the platform also counted ${unmeasured}`]),
    ...(unseen > 0 ? [`the client saw no response to ${formatCount(unseen, 'order')}`] : []),
  ];
  const sides = `${name}: client ${countText(client)}, platform ${countText(platform)}`;
  const why = agree === true || explained.length === 0 ? '' : ` (${explained.join('; ')})`;
  return { what, client, platform, agree, note: sides + why };
}

function countText(count: number | null): string {
  return count === null ? 'not known' : groupDigits(count);
}
