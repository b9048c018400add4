import pidusage from 'pidusage';

/** What a k6 process used of its machine. */
export interface GeneratorUsage {
  /** User + system time up to the last sample, which is at most one interval before the end. */
  readonly cpuSeconds: number | null;
  readonly peakRssBytes: number | null;
  /** Highest share of its processors that the process used over `SATURATION_SAMPLES` samples in a row, 0 to 1. */
  readonly peakCpuShare: number | null;
}

const INTERVAL_MS = 500;
/** A second and a half: shorter peaks (start-up, a garbage collection) delay nothing that counts. */
const SATURATION_SAMPLES = 3;

/** Samples a process until `stop` is called. `processors` is how many it may use at once. */
export function watchGenerator(
  pid: number,
  processors: number,
): { stop: () => GeneratorUsage; latest: () => GeneratorUsage } {
  const samples: { atMs: number; cpuMs: number }[] = [];
  let cpuSeconds: number | null = null;
  let peakRssBytes: number | null = null;
  let peakCpuShare: number | null = null;

  const sample = async (): Promise<void> => {
    const usage = await pidusage(pid).catch(() => null);
    if (usage === null) return;
    cpuSeconds = usage.ctime / 1000;
    peakRssBytes = Math.max(peakRssBytes ?? 0, usage.memory);
    samples.push({ atMs: usage.timestamp, cpuMs: usage.ctime });
    if (samples.length > SATURATION_SAMPLES + 1) samples.shift();
    const [first] = samples;
    if (first === undefined || samples.length <= SATURATION_SAMPLES) return;
    const share = (usage.ctime - first.cpuMs) / (usage.timestamp - first.atMs) / processors;
    peakCpuShare = Math.max(peakCpuShare ?? 0, share);
  };

  const timer = setInterval(() => void sample(), INTERVAL_MS);
  void sample();
  const latest = (): GeneratorUsage => ({ cpuSeconds, peakRssBytes, peakCpuShare });
  return {
    latest,
    stop: () => {
      clearInterval(timer);
      pidusage.clear();
      return latest();
    },
  };
}
