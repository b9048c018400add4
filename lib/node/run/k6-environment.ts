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
  /** Memory set aside for the VUs that the run may make. */
  readonly vuBytes: number;
}

/**
 * Settings of k6's Go runtime (docs/decisions/0005). Garbage is collected only when the heap has grown to
 * what is set aside for the VUs: a collection holds up the orders beside it, and k6 counts that as latency.
 * k6 gets one processor per 2,000 orders a second: at 2,000/s that takes a fifth off the CPU per order that
 * two take (docs/benchmarks.md). TLS costs more a connection, so https targets keep all processors. What
 * the caller has set stays, and a caller's GOGC is not overruled by a limit.
 */
export function goRuntimeEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  load: GeneratorLoad,
): Record<'GOGC' | 'GOMAXPROCS', string> & Partial<Record<'GOMEMLIMIT', string>> {
  const processors = load.isTls
    ? load.cpus
    : Math.min(load.cpus, Math.ceil(load.peakPerSecond / 2000));
  const ownLimit = String(Math.max(LEAST_HEAP_BYTES, Math.ceil(load.vuBytes)));
  const limit = inherited['GOMEMLIMIT'] ?? (inherited['GOGC'] === undefined ? ownLimit : undefined);
  return {
    GOGC: inherited['GOGC'] ?? 'off',
    GOMAXPROCS: inherited['GOMAXPROCS'] ?? String(Math.max(1, processors)),
    ...(limit !== undefined && { GOMEMLIMIT: limit }),
  };
}
