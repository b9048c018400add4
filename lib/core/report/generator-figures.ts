import { countOf } from '../histogram/count.ts';
import { formatRatio } from './format-figure.ts';
import { latencyStatsOf } from './latency-stats.ts';
import type { Measured } from './measured.ts';
import { notSentInAll, notSentList } from './not-sent-figures.ts';
import type { RunFacts } from './run-facts.ts';
import type { Report } from './schema/report-schema.ts';

/** At this share of its processors or more, k6 falls behind with its own work and measures its own queue. */
export const SATURATED_CPU_SHARE = 0.9;

/** How the load generator's machine coped. */
export function generatorFigures(
  measured: Measured,
  { run, generator }: RunFacts,
  total: number,
): Report['generator'] {
  const { cpuSeconds, peakCpuShare } = generator;
  const orders = total + measured.warmup.started + measured.retries.sent;
  const wallSeconds = (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
  const cpuShare =
    cpuSeconds === null || wallSeconds <= 0 ? null : cpuSeconds / (wallSeconds * run.hostCpus);
  const highest = Math.max(cpuShare ?? 0, peakCpuShare ?? 0);
  const why =
    generator.why ??
    (highest >= SATURATED_CPU_SHARE
      ? `k6 used ${formatRatio(highest)} of its available CPU time`
      : null);
  const vus = measured.windows.flatMap((window) => window.vus ?? []);
  const inFlight = measured.windows.flatMap((window) => window.inFlight ?? []);
  return {
    cpuSeconds,
    cpuMicrosPerOrder: cpuSeconds === null || orders === 0 ? null : (cpuSeconds * 1e6) / orders,
    cpuShare,
    peakCpuShare,
    peakRssBytes: generator.peakRssBytes,
    peakVUs: vus.length === 0 ? null : Math.max(...vus),
    dropped: measured.dropped,
    notSent: notSentList(notSentInAll(measured.notSent)),
    ...(countOf(measured.lateness) > 0 && { latenessMs: latencyStatsOf(measured.lateness) }),
    ...(inFlight.length > 0 && { peakInFlight: Math.max(...inFlight) }),
    ...(generator.heldBack && { heldBack: generator.heldBack }),
    ...(generator.token && { token: generator.token }),
    saturated: why !== null,
    why,
    ...(generator.saturatedAt === null ? {} : { saturatedAt: generator.saturatedAt }),
    exceptions: generator.exceptions,
  };
}
