/**
 * The environment of a k6 process: the caller's without any `K6_*` (a stray K6_VUS=1 replaces every
 * scenario, and k6 still exits 0), plus what the suite sets itself.
 */
export function k6Environment(
  inherited: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && !/^k6_/i.test(name)) environment[name] = value;
  }
  return { ...environment, ...own };
}

/** Room for k6 itself and a few VUs. */
const LEAST_HEAP_BYTES = 256 * 2 ** 20;

export interface GeneratorLoad {
  readonly peakPerSecond: number;
  readonly isTls: boolean;
  readonly cpus: number;
  /** Memory that k6 may take before it collects garbage; null where nothing bounds what it keeps. */
  readonly heapBytes: number | null;
}

/** Rare enough for the latency of most orders; the heap may grow to five times what is in use. */
const GOGC_UNBOUNDED = '400';

/**
 * Settings of k6's Go runtime (docs/decisions/0005). Garbage is collected only when the heap has grown to what
 * is set aside for it: a collection holds up the orders beside it, and k6 counts that as latency.
 * k6 gets one processor per 2,000 orders a second: at 2,000/s that takes a fifth off the CPU per order that
 * two take (docs/benchmarks.md). TLS costs more a connection, so https targets keep all processors. A
 * scenario of the user's own may keep anything, so it has no limit, beyond which Go would collect without
 * end. What the caller has set stays, and a caller's GOGC is not overruled by a limit.
 */
export function goRuntimeEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  load: GeneratorLoad,
): Record<'GOGC' | 'GOMAXPROCS', string> & Partial<Record<'GOMEMLIMIT', string>> {
  const processors = load.isTls
    ? load.cpus
    : Math.min(load.cpus, Math.ceil(load.peakPerSecond / 2000));
  const ownLimit = inherited['GOGC'] === undefined ? limitOf(load.heapBytes) : undefined;
  const limit = inherited['GOMEMLIMIT'] ?? ownLimit;
  return {
    GOGC: inherited['GOGC'] ?? (limit === undefined ? GOGC_UNBOUNDED : 'off'),
    GOMAXPROCS: inherited['GOMAXPROCS'] ?? String(Math.max(1, processors)),
    ...(limit !== undefined && { GOMEMLIMIT: limit }),
  };
}

/** How many processors k6's Go runtime uses for a `GOMAXPROCS`: all that there are for one that is not a number above 0. */
export function processorsOf(gomaxprocs: string, cpus: number): number {
  const wanted = Number(gomaxprocs);
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, cpus) : cpus;
}

function limitOf(heapBytes: number | null): string | undefined {
  if (heapBytes === null) return undefined;
  return String(Math.max(LEAST_HEAP_BYTES, Math.ceil(heapBytes)));
}
