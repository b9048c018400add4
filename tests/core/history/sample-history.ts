import { HISTORY_VERSION, type HistoryEntry } from '../../../lib/core/history/history-entry.ts';
import { seededRandom } from '../../../order-api/lambda/random.ts';
import { NOISES } from '../../../studies/trend/run-noise.ts';

const DAY_MS = 86_400_000;

export function sampleEntry(night: number, changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    historyVersion: HISTORY_VERSION,
    run: `run-${night}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) + night * DAY_MS).toISOString(),
    scenario: 'steady',
    profile: 'standard',
    load: { ratePerSecond: 50, durationSeconds: 60 },
    target: { label: 'api', platform: 'aws', deployment: null },
    label: null,
    commit: `c0ffee${night}`,
    status: 'completed',
    verdict: 'pass',
    configHash: 'abc',
    hostCpus: 2,
    k6Version: '2.2.0',
    suiteVersion: '0.1.0',
    reportVersion: '1.0',
    latencyMs: { count: 3000, p50: 50, p95: 100, p99: 200 },
    success: { ratio: 1, offered: 3000, failures: 0, overdispersion: 1 },
    rps: 50,
    dropped: 0,
    coldStarts: 3,
    ...changes,
  };
}

/** Nights whose latencies have a run-to-run CV of 3%; `factorOf` moves their level. */
export function sampleHistory(
  nights: number,
  factorOf: (night: number) => number = () => 1,
  seed = 3,
): HistoryEntry[] {
  const noise = NOISES.gauss(seededRandom(seed), nights);
  return Array.from(noise, (value, night) => {
    const factor = Math.exp(0.03 * value) * factorOf(night);
    const latencyMs = { count: 3000, p50: 50 * factor, p95: 100 * factor, p99: 200 * factor };
    return sampleEntry(night, { latencyMs });
  });
}
