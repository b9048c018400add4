import type { Latencies } from '../core/report/sample-run.ts';
import { repeat, sampleReport, tallyOf } from '../core/report/sample-run.ts';

/** A run of 10 s in windows of 1 s: 100 orders in each, the sixth window throttled, the eighth slow. */
export function seriesReport(changes: Parameters<typeof sampleReport>[1] = {}) {
  const windows = Array.from({ length: 10 }, (_, second) => latenciesOf(second));
  const total: Record<string, number[]> = {};
  for (const window of windows) {
    for (const [outcome, values] of Object.entries(window)) {
      total[outcome] = [...(total[outcome] ?? []), ...values];
    }
  }
  return sampleReport(
    {
      latencies: total,
      changes: {
        windows: windows.map((latencies, second) => ({
          startOffsetMs: second * 1000,
          lengthMs: 1000,
          dropped: second === 9 ? 5 : 0,
          cold: second === 0 ? 3 : 0,
          vus: 1,
          inFlight: 10 + second,
          ...tallyOf(100, latencies),
        })),
      },
      dropped: 5,
      lateness: [...repeat(990, 1), ...repeat(10, 40)],
    },
    changes,
  );
}

function latenciesOf(second: number): Latencies {
  if (second === 5) return { created: repeat(60, 20), throttled: repeat(40, 3) };
  return { created: repeat(100, second === 7 ? 400 : 20 + second) };
}
