import pidusage from 'pidusage';
import { SATURATED_CPU_SHARE } from '../../core/report/generator-figures.ts';

/** CPU and memory that a k6 process used. */
export interface GeneratorUsage {
  /** User and system time until the last sample, at most one interval before the end. */
  readonly cpuSeconds: number | null;
  readonly peakRssBytes: number | null;
  /** Highest share of its processors that k6 used over 1.5 s under load, 0 to 1. */
  readonly peakCpuShare: number | null;
  /** Epoch ms at which that share first reached the limit, or null. */
  readonly saturatedMs: number | null;
}

const INTERVAL_MS = 500;
/** 1.5 s: shorter peaks, such as a garbage collection, do not delay orders noticeably. */
const SATURATION_SAMPLES = 3;

export interface GeneratorWatch {
  /** Forgets the peak share so far: preparing VUs uses all CPUs, and delays no order. */
  readonly loadBegan: () => void;
  readonly stop: () => GeneratorUsage;
}

/** Samples a process until `stop` is called. `processors` is the number it may use at once. */
export function watchGenerator(pid: number, processors: number): GeneratorWatch {
  const samples: { atMs: number; cpuMs: number }[] = [];
  let cpuSeconds: number | null = null;
  let peakRssBytes: number | null = null;
  let peakCpuShare: number | null = null;
  let saturatedMs: number | null = null;

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
    if (share >= SATURATED_CPU_SHARE) saturatedMs ??= usage.timestamp;
  };

  const timer = setInterval(() => void sample(), INTERVAL_MS);
  void sample();
  return {
    loadBegan: () => {
      samples.length = 0;
      peakCpuShare = null;
      saturatedMs = null;
    },
    stop: () => {
      clearInterval(timer);
      pidusage.clear();
      return { cpuSeconds, peakRssBytes, peakCpuShare, saturatedMs };
    },
  };
}
