import type { Env } from '../../core/config/env.ts';

/**
 * The environment of a k6 process: the caller's without any `K6_*` (a stray K6_VUS=1 replaces every scenario, and k6
 * still exits 0), plus the suite's own variables.
 */
export function k6Environment(
  inherited: Env,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && !/^k6_/i.test(name)) environment[name] = value;
  }
  return { ...environment, ...own };
}

export interface GeneratorLoad {
  readonly peakPerSecond: number;
  readonly isTls: boolean;
  readonly cpus: number;
  /** HTTP/2 must not be used even if a target offers it. */
  readonly http1: boolean;
}

/** One processor reads the responses of this many orders a second without delay. */
const RATE_PER_PROCESSOR = 1000;

/** Collects garbage when the heap is four times as large as what is in use. */
const GOGC = '300';

/**
 * Settings of k6's Go runtime (docs/decisions/0008). k6 gets one processor per 1,000 orders a second: a second one
 * costs a sixth more CPU, spent on looking for work, and below that rate the first one keeps up. TLS costs more per
 * connection, so https targets keep all processors. Settings of the caller stay.
 */
export function goRuntimeEnvironment(
  inherited: Env,
  load: GeneratorLoad,
): Record<'GOGC' | 'GOMAXPROCS', string> & Partial<Record<'GODEBUG', string>> {
  const processors = load.isTls
    ? load.cpus
    : Math.min(load.cpus, Math.ceil(load.peakPerSecond / RATE_PER_PROCESSOR));
  const debug = [inherited['GODEBUG'], ...(load.http1 ? ['http2client=0'] : [])].filter(Boolean);
  return {
    GOGC: inherited['GOGC'] ?? GOGC,
    GOMAXPROCS: inherited['GOMAXPROCS'] ?? String(Math.max(1, processors)),
    ...(debug.length > 0 && { GODEBUG: debug.join(',') }),
  };
}

/** How many processors k6's Go runtime uses for a `GOMAXPROCS`: all of them if it is not a number above 0. */
export function processorsOf(gomaxprocs: string, cpus: number): number {
  const count = Number(gomaxprocs);
  return Number.isInteger(count) && count > 0 ? Math.min(count, cpus) : cpus;
}
