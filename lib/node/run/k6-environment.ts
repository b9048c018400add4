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

/**
 * Settings of k6's Go runtime. Garbage is collected at four times the live heap, and k6 gets one
 * processor per 2,000 orders a second: at 2,000/s that takes a fifth off the CPU per order that two
 * take (docs/benchmarks.md). TLS costs more a connection, so https targets keep all processors. What
 * the caller has set stays.
 */
export function goRuntimeEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  load: { readonly peakPerSecond: number; readonly isTls: boolean; readonly cpus: number },
): { readonly GOGC: string; readonly GOMAXPROCS: string } {
  const processors = load.isTls
    ? load.cpus
    : Math.min(load.cpus, Math.ceil(load.peakPerSecond / 2000));
  return {
    GOGC: inherited['GOGC'] ?? '400',
    GOMAXPROCS: inherited['GOMAXPROCS'] ?? String(Math.max(1, processors)),
  };
}
