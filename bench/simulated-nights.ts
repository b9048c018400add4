import { type HistoryEntry, historyEntryOf } from '../lib/core/history/history-entry.ts';
import { seededRandom } from '../order-api/lambda/random.ts';
import { reportOfSimulatedSoak } from '../studies/drift/simulated-soak.ts';
import { normalNoise } from '../studies/trend/run-noise.ts';

const DAY_MS = 86_400_000;

/** Simulates nights of one series whose latency has a run-to-run CV of 3% and rises by 8% in the middle. */
export function simulatedNights(count: number, seed = 1): HistoryEntry[] {
  const soak = { seed: 1, hours: 1 / 60, ratePerSecond: 20, driftPercentPerHour: 0 };
  const entry = historyEntryOf(reportOfSimulatedSoak(soak));
  const { latencyMs } = entry;
  const noise = normalNoise(seededRandom(seed), count);
  return Array.from(noise, (value, night) => {
    const factor = Math.exp(0.03 * value) * (night < count / 2 ? 1 : 1.08);
    const scaled = (ms: number | null) => (ms === null ? null : ms * factor);
    const nightly = {
      count: latencyMs.count,
      p50: scaled(latencyMs.p50),
      p95: scaled(latencyMs.p95),
      p99: scaled(latencyMs.p99),
    };
    return {
      ...entry,
      run: `run-${night}`,
      startedAt: new Date(Date.parse(entry.startedAt) + night * DAY_MS).toISOString(),
      latencyMs: nightly,
      judgedMs: nightly,
    };
  });
}
