import type { HistoryEntry } from '../lib/core/history/history-entry.ts';
import { simulatedNights } from './simulated-nights.ts';

const SCENARIOS = ['steady', 'spike', 'soak', 'batch', 'smoke', 'ramp'];

/** Simulated series with the same number of nights each; every fourth run of a spike fails. */
export function simulatedSeries(runs: number, series: number): HistoryEntry[] {
  const each = Math.ceil(runs / series);
  return Array.from({ length: series }, (_, index) => {
    const scenario = SCENARIOS[index % SCENARIOS.length] as string;
    return simulatedNights(each, index + 1).map((entry, night): HistoryEntry => {
      const isFailed = scenario === 'spike' && night % 4 === 0;
      return {
        ...entry,
        run: `${entry.startedAt.slice(0, 10)}-${scenario}-${index}`,
        scenario,
        load: { ...entry.load, ratePerSecond: 20 + index },
        verdict: isFailed ? 'fail' : 'pass',
      };
    });
  })
    .flat()
    .slice(0, runs);
}
